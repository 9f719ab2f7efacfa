"""Reads the sheets of an Excel workbook, one below the other."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
from python_calamine import CalamineError, CalamineWorkbook

from python_udfs.landing.errors import LandingError
from python_udfs.landing.table import SourceTable, match_columns
from python_udfs.landing.text_columns import landed_rows

BATCH_ROWS = 20_000


def read_excel(path: Path, table: SourceTable) -> Iterator[pa.RecordBatch]:
    """The rows of all sheets in the landed shape; the first row of each sheet is its heading, empty sheets don't count.

    Raises LandingError when the workbook can't be read, all sheets are empty, or one lacks a required column.
    """
    try:
        workbook = CalamineWorkbook.from_path(str(path))
        sheets = [workbook.get_sheet_by_name(name) for name in workbook.sheet_names]
    except CalamineError as error:
        raise LandingError(f"{path}: cannot be read as .xlsx ({error}). Open it in Excel and save it again.") from error
    filled = [sheet for sheet in sheets if sheet.height]
    if not filled:
        raise LandingError(f"{path}: all sheets are empty. Export it again, with a heading line.")
    for sheet in filled:
        rows = (row for row in sheet.iter_rows() if any(cell != "" for cell in row))
        headings = [str(cell) for cell in next(rows)]
        positions = match_columns(table, headings, f"{path.name}, sheet '{sheet.name}'")
        while chunk := list(islice(rows, BATCH_ROWS)):
            yield landed_rows(_columns(chunk, positions), table.columns)


def _columns(rows: Sequence[Sequence[Any]], positions: dict[str, int]) -> dict[str, list[str]]:
    return {column: [cell_text(row[position]) for row in rows] for column, position in positions.items()}


def cell_text(value: Any) -> str:
    """A cell as text: whole numbers without ".0", times as ISO 8601."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date):
        return value.isoformat(sep=" ") if isinstance(value, datetime) else value.isoformat()
    return str(value)
