"""Reads the sheets of an Excel workbook, one below the other."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
from python_calamine import CalamineWorkbook

from python_udfs.landing.errors import LandingError
from python_udfs.landing.table import SourceTable, match_columns
from python_udfs.landing.text_columns import landed_batch

BATCH_ROWS = 50_000


def read_excel(path: Path, table: SourceTable) -> Iterator[pa.RecordBatch]:
    """The rows of all sheets in the landed shape; the first row of each sheet is its heading.

    Raises LandingError when a sheet has no heading.
    """
    workbook = CalamineWorkbook.from_path(str(path))
    for sheet_name in workbook.sheet_names:
        rows = workbook.get_sheet_by_name(sheet_name).to_python(skip_empty_area=True)
        if not rows:
            raise LandingError(f"{path}: the sheet '{sheet_name}' is empty. Delete it, or fill it.")
        headings = [str(cell) for cell in rows[0]]
        matched = match_columns(table, headings, f"{path.name}, sheet '{sheet_name}'")
        positions = {column: headings.index(heading) for column, heading in matched.items()}
        for start in range(1, len(rows), BATCH_ROWS):
            chunk = rows[start : start + BATCH_ROWS]
            columns = {
                column: pa.array([cell_text(row[position]) for row in chunk], pa.string())
                for column, position in positions.items()
            }
            yield landed_batch(columns, table.columns)


def cell_text(value: Any) -> str:
    """A cell as text: whole numbers without ".0", times as ISO 8601."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date):
        return value.isoformat(sep=" ") if isinstance(value, datetime) else value.isoformat()
    return str(value)
