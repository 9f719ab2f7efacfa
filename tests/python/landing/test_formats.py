"""Parquet, JSON lines and Excel land in the same shape as CSV does."""

import datetime as dt
import gzip
import io
import json
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as parquet
import pytest

from python_udfs.landing import json_lines
from python_udfs.landing.errors import LandingError


def parquet_bytes(**columns) -> bytes:
    buffer = io.BytesIO()
    parquet.write_table(pa.table(columns), buffer, row_group_size=2)
    return buffer.getvalue()


def workbook_bytes(**sheets: Sequence[Sequence]) -> bytes:
    workbook, buffer = openpyxl.Workbook(), io.BytesIO()
    workbook.remove(workbook.active)
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(row)
    workbook.save(buffer)
    return buffer.getvalue()


def test_zipped_and_plain_csv_are_told_by_their_bytes(landed, row, tmp_path: Path) -> None:
    content = b"order_id,customer_id\no1,c1\n"
    assert landed("orders.csv.gz", gzip.compress(content)) == [row("o1", "c1")]
    assert landed("orders.csv.gz", content) == [row("o1", "c1")]
    (tmp_path / "orders.csv.gz").unlink()
    assert landed("orders.csv", gzip.compress(content)) == [row("o1", "c1")]


def test_parquet_lands_in_any_order_of_columns(landed, row) -> None:
    content = parquet_bytes(Extra=[1, 2, 3], Buyer=["c1", "c2", ""], order_id=["o1", "o2", "o3"])
    assert landed("orders.parquet", content) == [row("o1", "c1"), row("o2", "c2"), row("o3", None)]


@pytest.mark.parametrize(
    ("values", "text"),
    [
        (pa.array([17850, None]), "17850"),
        (pa.array([17850.0, None]), "17850"),
        (pa.array([17850.0, float("nan")]), "17850"),
        (pa.array([2.55, None]), "2.55"),
        (pa.array([1e15, None]), "1000000000000000"),
        (pa.array([Decimal("12.50"), None]), "12.50"),
        (pa.array([True, None]), "true"),
        (pa.array([dt.datetime(2024, 5, 1, 8, 26), None]), "2024-05-01 08:26:00.000000"),
        (pa.array([dt.datetime(2024, 5, 1, 8, 26), None], pa.timestamp("ms", "Asia/Tokyo")), "2024-05-01 08:26:00.000"),
        (pa.array([dt.date(2024, 5, 1), None]), "2024-05-01"),
        (pa.array(["a", ""]).dictionary_encode(), "a"),
        (pa.array(["a", ""], pa.large_string()), "a"),
        (pa.array([b"a", None]), "a"),
        (pa.array([["a", "é"], None]), '["a", "é"]'),
        (pa.array([{"a": dt.date(2024, 5, 1)}, None]), '{"a": "2024-05-01"}'),
        (pa.nulls(2), None),
    ],
    ids=lambda value: str(value.type) if isinstance(value, pa.Array) else "",
)
def test_every_type_of_parquet_becomes_text(landed, values: pa.Array, text: str | None) -> None:
    rows = landed("orders.parquet", parquet_bytes(order_id=["o1", "o2"], customer_id=["c", "c"], note=values))
    assert [row["note"] for row in rows] == [text, None]


@pytest.mark.parametrize("kind", [pa.binary(), pa.string()])
def test_parquet_text_that_is_not_utf8_costs_its_row_only(landed, row, kind: pa.DataType) -> None:
    notes = pa.array([b"caf\xe9", "é".encode()])
    # A file may call bytes text: nobody checks.
    notes = pa.Array.from_buffers(kind, len(notes), notes.buffers())
    first, second = landed("orders.parquet", parquet_bytes(order_id=["o1", "o2"], customer_id=["c", "c"], note=notes))
    assert "not valid text" in first["source_error"]
    assert second == row("o2", "c", "é")


@pytest.mark.parametrize("name", ["orders.jsonl", "orders.json", "orders.jsonl.gz", "orders.json.gz"])
def test_json_lines_land_plain_or_zipped(landed, row, name: str) -> None:
    content = "\n".join(
        [
            json.dumps({"order_id": 1, "customer_id": 17850.0, "note": ["a", "é"]}),
            "",
            json.dumps({"note": None, "Order ID": "o2", "buyer": "c2", "other": {}}).replace("buyer", "customer_id"),
        ]
    ).replace("Order ID", "order_id")
    content = gzip.compress(content.encode()) if name.endswith("gz") else content
    assert landed(name, content) == [row("1", "17850", '["a", "é"]'), row("o2", "c2")]


def test_python_literals_land_as_json_does(landed, row) -> None:
    assert landed("orders.json", "{'order_id': 'o1', 'customer_id': \"c'1\", 'note': 2.5}") == [row("o1", "c'1", "2.5")]


def test_a_json_line_that_is_no_object_is_broken_alone(landed, row) -> None:
    good = '{"order_id": "o1", "customer_id": "c1", "note": NaN}'
    rows = landed("orders.jsonl", f'{good}\n[1]\n{{"order_id": \n{"[" * 5_000}\n{good}')
    assert rows[:2] == [row("o1", "c1")] * 2
    assert [each["source_error"] for each in rows[2:]] == ["not a JSON object"] * 3
    assert [each["source_text"] for each in rows[2:4]] == ["[1]", '{"order_id": ']


def test_a_key_that_comes_late_in_the_file_lands(landed, monkeypatch) -> None:
    monkeypatch.setattr(json_lines, "BATCH_ROWS", 10)
    lines = [json.dumps({"order_id": str(number), "customer_id": "c"}) for number in range(25)]
    lines.append(json.dumps({"order_id": "25", "customer_id": "c", "note": "late"}))
    rows = landed("orders.jsonl", "\n".join(lines))
    assert [row["order_id"] for row in rows] == [str(number) for number in range(26)]
    assert rows[-1]["note"] == "late"


def test_a_json_array_says_how_to_write_it(landed) -> None:
    with pytest.raises(LandingError, match=r"no line is a JSON object. Write one object per line"):
        landed("orders.json", '[{"order_id": "o1", "customer_id": "c1"}]')


def test_excel_lands_all_sheets_and_passes_over_empty_ones(landed, row) -> None:
    content = workbook_bytes(
        first=[["order_id", "Customer ID", "note"], [536365, 17850.0, 2.55], [None, None, None], ["C1", "c2", None]],
        empty=[],
        second=[["note", "customer_id", "order_id"], [dt.datetime(2010, 12, 1, 8, 26), "c3", "o3"]],
    )
    assert landed("orders.xlsx", content) == [
        row("536365", "17850", "2.55"),
        row("C1", "c2"),
        row("o3", "c3", "2010-12-01 08:26:00"),
    ]


def test_a_sheet_without_a_required_column_is_named(landed) -> None:
    content = workbook_bytes(orders=[["order_id", "customer_id"], ["o1", "c1"]], notes=[["Please read"], ["this"]])
    with pytest.raises(LandingError, match=r"orders.xlsx, sheet 'notes': the required column 'order_id'"):
        landed("orders.xlsx", content)


def test_a_workbook_of_empty_sheets_is_an_error(landed) -> None:
    with pytest.raises(LandingError, match=r"orders.xlsx: all sheets are empty"):
        landed("orders.xlsx", workbook_bytes(one=[], two=[]))
