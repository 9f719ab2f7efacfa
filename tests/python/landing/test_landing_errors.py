"""What stops a build says in one sentence which file and column, and what to do next."""

import gzip
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as parquet
import pytest

from python_udfs.landing.errors import LandingError
from python_udfs.landing.files import find_file
from python_udfs.landing.read import land
from python_udfs.landing.table import SourceTable, landed_schema


def zipped(lines: int) -> bytes:
    rows = "".join(f"o{number},c{number * 7919 % 100_003}\n" for number in range(lines))
    return gzip.compress(("order_id,customer_id\n" + rows).encode())


def parquet_file(tmp_path: Path) -> bytes:
    path = tmp_path / "whole"
    parquet.write_table(pa.table({"order_id": ["o1"], "customer_id": ["c1"]}), path)
    return path.read_bytes()


def test_a_missing_folder_says_what_to_pass(orders, tmp_path) -> None:
    with pytest.raises(LandingError, match=r"nowhere does not exist. .* make build DATA=<folder or file>"):
        land(orders, tmp_path / "nowhere")


def test_a_missing_required_file_is_named_with_what_is_there(orders, tmp_path) -> None:
    (tmp_path / "order.csv").touch()
    with pytest.raises(LandingError, match=r"required file orders.csv.*\(orders\) is missing. Found: order.csv"):
        land(orders, tmp_path)


def test_a_required_table_of_any_name_is_missing_from_an_empty_folder(tmp_path) -> None:
    with pytest.raises(LandingError, match=r"the required file \(invoice_lines\) is missing. Found: no file"):
        land(SourceTable("invoice_lines", ("*",), ("invoice_no",), required=True), tmp_path)


def test_a_missing_optional_file_lands_empty(optional_orders, tmp_path) -> None:
    table = land(optional_orders, tmp_path).read_all()
    assert table.num_rows == 0
    assert table.schema == landed_schema(optional_orders.columns)


def test_a_missing_required_column_is_named_with_what_is_there(landed) -> None:
    with pytest.raises(LandingError) as caught:
        landed("orders.csv", "order_id,client,note\no1,c1,a\n")
    assert "orders.csv: the required column 'customer_id' or 'buyer' of orders is missing" in str(caught.value)
    assert "order_id, client, note" in str(caught.value)
    assert "Rename the column" in str(caught.value)


def test_a_file_without_a_heading_shows_no_more_of_its_values_than_tell_what_it_is(landed) -> None:
    secret = "I was so angry about this that I could not sleep"
    with pytest.raises(LandingError) as caught:
        landed("orders.csv", f"o1,c1,{secret}\n")
    assert secret not in str(caught.value)


def test_a_column_that_stands_there_twice_is_named_and_only_if_it_is_needed(landed, row) -> None:
    with pytest.raises(LandingError, match=r"orders.csv: the column 'order_id' stands there twice"):
        landed("orders.csv", "order_id,Order ID,customer_id\no1,o2,c1\n")
    assert landed("orders.csv", "x,x,order_id,,,customer_id\n1,2,o1,,,c1\n") == [row("o1", "c1")]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("orders.csv", b"", "the file is empty"),
        ("orders.parquet", b"", "the file is empty"),
        ("orders.csv.gz", gzip.compress(b"", mtime=0), "the file is empty"),
        ("orders.csv", b"order_id,customer_id\n", "has columns but no rows"),
        ("orders.csv", b"\n\n", "the file is empty"),
        ("orders.csv", b'"order_id,customer_id\n', "has no heading line"),
        ("orders.csv", b"\0\1\2" * 50, "is not a text file"),
        ("orders.csv", b"\x8f\xfa\x93\xb0" * 50, "required column"),
        ("orders.json", b"\0\1\2" * 50, "is not a text file"),
        ("orders.jsonl", b"order_id,customer_id\no1,c1\n", "no line is a JSON object"),
        ("orders.jsonl", b'{"order_id": 1}\n', "required column 'customer_id' or 'buyer'"),
        ("orders.parquet", b"PAR1 and nothing else", "cannot be read as .parquet"),
        ("orders.xlsx", b"no workbook", "cannot be read as .xlsx"),
        ("orders.csv", b"order_id,customer_id\no1\no2\n", "none of its 2 lines splits into the columns"),
    ],
)
def test_what_cannot_be_read_names_the_file_and_says_what_to_do(landed, name, content, message) -> None:
    with pytest.raises(LandingError, match=message) as caught:
        landed(name, content)
    assert name in str(caught.value)


def test_a_zipped_file_that_breaks_off_is_an_error_wherever_it_does(landed) -> None:
    whole = zipped(100_000)
    for cut in (5, 100, len(whole) // 2, len(whole) - 5):
        with pytest.raises(LandingError, match=r"orders.csv.gz: cannot be read as .csv.gz"):
            landed("orders.csv.gz", whole[:cut])


def test_a_file_that_breaks_off_late_is_told_before_anything_can_be_written_down(orders, tmp_path) -> None:
    (tmp_path / "orders.csv.gz").write_bytes(zipped(100_000)[:-5])
    with pytest.raises(LandingError, match=r"orders.csv.gz: cannot be read as .csv.gz"):
        land(orders, tmp_path)


@pytest.mark.parametrize("share", [0.0, 0.5, 0.999])
def test_a_zipped_file_with_a_broken_byte_is_an_error(landed, share: float) -> None:
    whole = bytearray(zipped(10_000))
    whole[10 + int(share * (len(whole) - 20))] ^= 0xFF
    with pytest.raises(LandingError, match=r"orders.csv.gz: cannot be read as .csv.gz"):
        landed("orders.csv.gz", bytes(whole))


def test_a_parquet_file_that_breaks_off_is_an_error(landed, tmp_path) -> None:
    with pytest.raises(LandingError, match=r"orders.parquet: cannot be read as .parquet"):
        landed("orders.parquet", parquet_file(tmp_path)[:-10])


def test_an_archive_with_the_name_of_a_csv_is_no_text_file(orders, tmp_path) -> None:
    with zipfile.ZipFile(tmp_path / "orders.csv", "w") as archive:
        archive.writestr("orders.csv", "order_id,customer_id\no1,c1\n")
    with pytest.raises(LandingError, match=r"orders.csv: is not a text file"):
        land(orders, tmp_path)


def test_a_heading_alone_is_enough_for_an_optional_table(landed, optional_orders) -> None:
    assert landed("orders.csv", "order_id,customer_id\n", optional_orders) == []


def test_two_files_for_one_table_are_both_named(orders, tmp_path) -> None:
    (tmp_path / "orders.csv").touch()
    (tmp_path / "Orders.parquet").touch()
    with pytest.raises(LandingError, match=r"Orders.parquet, orders.csv could each be orders. Leave only one"):
        find_file(orders, tmp_path)


def test_hidden_files_and_office_locks_are_no_candidates(orders, tmp_path) -> None:
    for name in ("orders.csv", "._orders.csv", ".orders.csv", "~$orders.xlsx", "orders.csv.bak", "orders.md"):
        (tmp_path / name).touch()
    (tmp_path / "orders.parquet").mkdir()
    assert find_file(orders, tmp_path) == tmp_path / "orders.csv"


def test_patterns_are_tried_in_their_order_and_excluded_files_never_fit(tmp_path) -> None:
    reviews = SourceTable("reviews", ("reviews*", "*"), (), excluded_files=("meta_*",))
    (tmp_path / "meta_Books.json.gz").touch()
    (tmp_path / "Books.jsonl.gz").touch()
    assert find_file(reviews, tmp_path) == tmp_path / "Books.jsonl.gz"
    (tmp_path / "reviews_Books.csv").touch()
    assert find_file(reviews, tmp_path) == tmp_path / "reviews_Books.csv"


def test_a_file_that_the_user_names_is_its_table_and_others_are_looked_for_beside_it(tmp_path) -> None:
    named, other = tmp_path / "anything.csv", tmp_path / "meta_x.csv"
    named.touch()
    other.touch()
    assert find_file(SourceTable("reviews", ("reviews",), (), takes_data_file=True), named) == named
    assert find_file(SourceTable("metadata", ("meta_*",), ()), named) == other
    (tmp_path / "named.doc").touch()
    with pytest.raises(LandingError, match=r"named.doc: no reader for this ending. Use one of .*\.parquet"):
        find_file(SourceTable("reviews", ("reviews",), (), takes_data_file=True), tmp_path / "named.doc")


def test_a_file_without_a_heading_does_not_tell_personal_data(tmp_path) -> None:
    (tmp_path / "orders.csv").write_text("o1,joe@example.com,call +1 202 555 0143,completed\n")
    table = SourceTable("orders", ("orders",), ("order_id",), required=True)
    with pytest.raises(LandingError, match="The file has: o1, <EMAIL>, call <PHONE>, completed"):
        land(table, tmp_path)
