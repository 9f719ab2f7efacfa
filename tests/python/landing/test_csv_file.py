"""CSV: what splits into columns lands as it stands, what doesn't comes out as a broken line, and nothing is lost."""

import csv
import gzip
import io
import tracemalloc

import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from python_udfs.landing import csv_file
from python_udfs.landing.csv_file import well_quoted
from python_udfs.landing.csv_records import Lines, csv_records
from python_udfs.landing.read import land


def errors(rows) -> list[str]:
    return [row["source_error"] for row in rows if row["source_error"]]


def test_columns_may_stand_in_any_order_and_unknown_ones_are_ignored(landed, row) -> None:
    rows = landed("orders.csv", "colour,note,customer_id,order_id\nred,hello,c1,o1\nblue,,c2,o2\n")
    assert rows == [row("o1", "c1", "hello"), row("o2", "c2")]


def test_headings_match_without_case_spaces_and_punctuation_and_by_alias(landed, row) -> None:
    assert landed("orders.csv", " Order ID ,BUYER\no1,c1\n") == [row("o1", "c1")]


def test_an_absent_optional_column_is_null(landed, row) -> None:
    assert landed("orders.csv", "order_id,customer_id\no1,c1\n") == [row("o1", "c1", None)]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_told_by_the_heading(landed, row, delimiter: str) -> None:
    content = "order_id,customer_id,note\no1,c1,a\n".replace(",", delimiter)
    assert landed("orders.csv", content) == [row("o1", "c1", "a")]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_any_line_ending_ends_a_line(landed, row, ending: str) -> None:
    content = ending.join(["order_id,customer_id", "o1,c1", "o2,c2", ""])
    assert landed("orders.csv", content) == [row("o1", "c1"), row("o2", "c2")]


def test_line_endings_may_be_mixed_and_the_last_one_missing(landed, row) -> None:
    content = "order_id,customer_id\r\no1,c1\no2,c2\r\n\r\n\no3,c3"
    assert landed("orders.csv", content) == [row("o1", "c1"), row("o2", "c2"), row("o3", "c3")]


def test_quoted_values_hold_delimiters_newlines_and_doubled_quotes(landed, row) -> None:
    content = 'order_id,customer_id,note\no1,c1,"a, b\nc ""d"""\no2,c2,""\n'
    assert landed("orders.csv", content) == [row("o1", "c1", 'a, b\nc "d"'), row("o2", "c2", None)]


def test_a_quote_within_an_unquoted_value_is_text(landed, row) -> None:
    assert landed("orders.csv", 'order_id,customer_id,note\no1,c1,5" nail\n') == [row("o1", "c1", '5" nail')]


def test_lines_with_too_few_or_too_many_columns_are_broken_alone(landed, row) -> None:
    rows = landed("orders.csv", "order_id,customer_id\no1,c1\no2\no3,c3,x\no4,c4\n")
    assert [each for each in rows if each["source_error"] is None] == [row("o1", "c1"), row("o4", "c4")]
    assert sorted((each["source_error"], each["source_text"]) for each in rows if each["source_error"]) == [
        ("expected 2 columns, found 1", "o2"),
        ("expected 2 columns, found 3", "o3,c3,x"),
    ]


def test_an_unbalanced_quote_costs_its_own_line_only(landed, row) -> None:
    good = [f'o{number},c{number},"fine, thanks"' for number in range(5_000)]
    content = "\n".join(["order_id,customer_id,note", 'bad,c,"never closed', *good]) + "\n"
    rows = landed("orders.csv", content)
    assert rows[-1]["source_text"] == 'bad,c,"never closed'
    assert "a quote is not closed" in rows[-1]["source_error"]
    assert rows[:-1] == [row(f"o{number}", f"c{number}", "fine, thanks") for number in range(5_000)]


def test_an_unbalanced_quote_with_no_other_quote_after_it_swallows_nothing(landed) -> None:
    good = [f"o{number},c{number},{'x' * 50}" for number in range(50_000)]
    rows = landed("orders.csv", "\n".join(["order_id,customer_id,note", 'bad,c,"never closed', *good]))
    assert len(rows) == 50_001
    assert len(errors(rows)) == 1


def test_an_unbalanced_quote_in_the_last_line_is_told(landed) -> None:
    rows = landed("orders.csv", 'order_id,customer_id\no1,c1\no2,"c2')
    assert [row["order_id"] for row in rows] == ["o1", None]
    assert len(errors(rows)) == 1


@pytest.mark.parametrize("broken_line", ["", 'x,"y', "one", "a,b,c,d"])
def test_files_larger_than_a_block_lose_and_double_no_row(landed, monkeypatch, broken_line: str) -> None:
    monkeypatch.setattr(csv_file, "BLOCK_CHARACTERS", 1_000)
    lines = [f'o{number},c{number},"a\nnote, of {number}"' for number in range(500)]
    if broken_line:
        lines.insert(400, broken_line)
    rows = landed("orders.csv", "\n".join(["order_id,customer_id,note", *lines]))
    kept = [row["order_id"] for row in rows if row["source_error"] is None]
    assert sorted(kept) == sorted(f"o{number}" for number in range(500))
    assert [row["source_text"] for row in rows if row["source_error"]] == ([broken_line] if broken_line else [])


def test_a_file_of_several_real_blocks_lands_whole(landed) -> None:
    lines = [f"o{number},c{number},{'x' * 80}" for number in range(200_000)]
    lines[150_000] = "broken"
    content = "\n".join(["order_id,customer_id,note", *lines])
    assert len(content) > 2 * csv_file.BLOCK_CHARACTERS
    rows = landed("orders.csv", content)
    assert len({row["order_id"] for row in rows}) == len(rows) == 200_000
    assert errors(rows) == ["expected 3 columns, found 1"]


def test_memory_is_bounded_by_the_block_and_not_by_the_file(orders, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(csv_file, "BLOCK_CHARACTERS", 1 << 18)
    monkeypatch.setattr("python_udfs.landing.read.SPOOL_BYTES", 1 << 18)
    path = tmp_path / "orders.csv.gz"
    with gzip.open(path, "wt", compresslevel=1) as file:
        file.write("order_id,customer_id,note\n")
        for number in range(300_000):
            file.write(f'o{number},c{number},"{"x" * 60}"\n')
    arrow_before, _ = pa.total_allocated_bytes(), tracemalloc.start()
    rows = sum(batch.num_rows for batch in land(orders, tmp_path))
    _, python_peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert rows == 300_000
    assert python_peak < 8 << 20
    assert pa.total_allocated_bytes() - arrow_before < 8 << 20


values = st.text(st.sampled_from('ab,"\n\r;é '), max_size=6)
tables = st.lists(st.tuples(values, values, values), max_size=12)


@settings(max_examples=200)
@given(tables, st.integers(1, 40))
@example([("a", '"', "")], 1)
def test_what_is_written_as_csv_lands_as_it_was_in_blocks_of_any_size(table, block) -> None:
    text = io.StringIO()
    csv.writer(text).writerows(table)
    assert landed_values(text.getvalue(), block) == sorted(table)


@settings(max_examples=200)
@given(tables, st.sampled_from(['x,"y', '"', 'x,"y" z,"', "one", 'a,"b"c,d']), st.integers(0, 12), st.integers(1, 40))
def test_a_broken_line_takes_no_well_written_row_with_it(table, broken, position, block) -> None:
    # Each row begins with a quoted value that isn't empty, so that no swallowed text can pass for a row.
    lines = [f'"r{number}","' + '","'.join(cell.replace('"', "'") for cell in cells[1:]) + '"\r\n'
             for number, cells in enumerate(table)]  # fmt: skip
    lines.insert(min(position, len(lines)), broken + "\r\n")
    found = [cells[0] for cells in landed_values("".join(lines), block)]
    assert found == sorted(f"r{number}" for number in range(len(table)))


def landed_values(text: str, block: int) -> list[tuple[str, ...]]:
    """The rows of three columns that csv_file makes of text without a heading, in blocks of this many characters."""
    layout = csv_file.Layout(",", 3, {"a": 0, "b": 1, "c": 2}, ("a", "b", "c"))
    stream, found = io.StringIO(text, newline=""), []
    lines = Lines(stream)
    while characters := stream.read(block):
        characters += stream.readline()
        if well_quoted(characters.encode(), ","):
            batches = csv_file.quick_batches(characters.encode(), layout)
        else:
            lines.waiting.extend(io.StringIO(characters, newline=""))
            batches = csv_file.careful_batches(lines, layout)
        found += [row for batch in batches for row in batch.to_pylist() if row["source_error"] is None]
    return sorted(tuple(row[column] or "" for column in "abc") for row in found)


def test_only_quotes_at_the_edges_of_values_are_well_quoted() -> None:
    assert well_quoted(b'a,"b ""c""",""\n"d\ne",f\n', ",")
    assert not well_quoted(b'a,5" nail,6" nail\n', ",")
    assert not well_quoted(b'a,"b" c\n', ",")
    assert not well_quoted(b'a,"b\n', ",")
    assert not well_quoted(b'a;"b";c\n', ",")
    assert well_quoted(b"", ",")


def test_lines_that_a_stray_quote_swallowed_are_read_again() -> None:
    records = list(csv_records(Lines(['a,"b\n', "c,d\n", 'e,"f"\n']), ","))
    assert records == ['a,"b\n', ["c", "d"], ["e", "f"]]
