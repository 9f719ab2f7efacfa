"""A shop in the contract's shape, with every kind of bad row: each is accepted or rejected, none is lost."""

import shutil
from pathlib import Path

import pytest

DIRTY_SHOP = Path(__file__).parent / "dirty_shop"
# Enough ordinary orders for a typical date to be known.
ORDINARY = [f"u{number:02d}" for number in range(30)]
# Of each file: rows (a broken line is one), and the keys that are accepted.
EXPECTED = {
    "customers": (7, "customer_id", ["c1", "c2", "c3", "c5"]),
    "orders": (50, "order_id", ["o1", "o2", "o3", "o4", *ORDINARY]),
    "order_lines": (10, "order_id || '/' || line_number", ["o1/1", "o2/1"]),
    "products": (4, "product_id", ["p1", "p2"]),
    "reviews": (12, "review_id", ["r1", "r2", "r3"]),
    "events": (8, "event_id", ["e1"]),
}


@pytest.fixture(scope="module")
def dirty_shop(build_shop, tmp_path_factory):
    """The shop with every kind of bad row, built once."""
    folder = shutil.copytree(DIRTY_SHOP, tmp_path_factory.mktemp("dirty") / "data")
    with (folder / "orders.csv").open("r+") as file:
        heading, rest = file.readline(), file.read()
        file.seek(0)
        file.write(heading + "".join(f"{order},c1,2024-01-07,completed,1\n" for order in ORDINARY) + rest)
    with (folder / "reviews.csv").open("ab") as file:
        file.write(b"r10,c1,p1,2024-02-01,5,,caf\xe9\n")
    result = build_shop(folder)
    assert result.returncode == 0, result.output
    return result


@pytest.mark.parametrize("entity", EXPECTED)
def test_every_row_is_accepted_or_rejected_with_a_reason(dirty_shop, entity: str) -> None:
    rows, key, accepted = EXPECTED[entity]
    assert dirty_shop.query(f"select {key} from entities.{entity} order by 1") == [(key,) for key in accepted]
    checked = dirty_shop.query(f"select rejection_reason, source_row from entities.checked_{entity}")
    assert len(checked) == rows
    rejected = [row for reason, row in checked if reason is not None]
    assert len(rejected) == rows - len(accepted)
    assert None not in rejected, "a rejected row is told in full"


def test_an_offset_is_converted_to_utc(dirty_shop) -> None:
    moments = dirty_shop.query("select cast(ordered_at as varchar) from entities.orders where order_id = 'o2'")
    assert moments == [("2024-01-03 01:30:00",)]


def test_a_detail_that_cannot_be_read_is_left_out_and_the_customer_stays(dirty_shop) -> None:
    details = "customer_id, birth_year, marketing_consent, signed_up_at is null"
    assert dirty_shop.query(f"select {details} from entities.customers order by 1") == [
        ("c1", 1980, True, False),
        ("c2", 1990, False, False),
        ("c3", 1984, True, False),
        ("c5", 1970, True, True),
    ]
    told = dirty_shop.query("select dropped_values from entities.checked_customers where customer_id = 'c5'")
    assert told[0][0].startswith("signed_up_at cannot be read")


def test_of_two_rows_with_one_key_the_content_decides(dirty_shop) -> None:
    bodies = dirty_shop.query("select body from entities.reviews where review_id = 'r1'")
    assert bodies == [('Line one\nline two, with "quotes"',)]


REASONS = {
    "o8": "ordered_at cannot be read: yesterday",
    "o9": "ordered_at is impossible",
    "o10": "ordered_at is impossible",
    "o11": "ordered_at cannot be read: infinity",
    "o14": "net_amount cannot be read: 1,50",
    "o15": "net_amount cannot be read: nan",
}


def test_reasons_name_the_column_and_the_value(dirty_shop) -> None:
    reasons = dict(dirty_shop.query("select order_id, rejection_reason from entities.checked_orders"))
    assert {order: reasons[order] for order in REASONS} == REASONS
    lines = dirty_shop.query("select rejection_reason, source_row from entities.checked_orders where order_id is null")
    assert ("expected 5 columns, found 1", '{"line":"o17"}') in lines


def test_accepted_rows_are_not_copied_as_json(dirty_shop) -> None:
    copies = "select count(source_row) from entities.checked_orders where rejection_reason is null"
    assert dirty_shop.query(copies) == [(0,)]


def test_a_shop_without_a_required_file_stops_before_any_model_runs(build_shop, write_csv) -> None:
    result = build_shop(write_csv("order.csv", "order_id"), command="run")
    assert result.returncode != 0
    assert "the required file orders.csv, .csv.gz or .parquet (orders) is missing. Found: order.csv" in result.output
    assert "Traceback" not in result.output
    tables = "select count(*) from information_schema.tables where table_schema in ('staging', 'entities')"
    assert result.query(tables) == [(0,)]
