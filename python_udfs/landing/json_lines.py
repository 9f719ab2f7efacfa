"""Reads JSON lines, plain or gzipped, and the Python literals that some public data sets write instead."""

import ast
import json
import math
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa

from python_udfs.landing.errors import LandingError
from python_udfs.landing.table import SourceTable, match_columns
from python_udfs.landing.text_columns import as_json, broken_lines, landed_rows
from python_udfs.landing.text_file import open_text

BATCH_ROWS = 10_000


def read_json_lines(path: Path, table: SourceTable, encoding: str) -> Iterator[pa.RecordBatch]:
    """The file's objects in the landed shape; a key that no object has had yet counts as a missing column.

    Raises LandingError when none of the first lines is an object, or none of these has a required column.
    """
    headings: dict[str, None] = {}
    with open_text(path, encoding) as stream:
        lines = (line for line in stream if line.strip())
        while chunk := list(islice(lines, BATCH_ROWS)):
            parsed = [(line, parse_line(line)) for line in chunk]
            rows = [row for _, row in parsed if row is not None]
            headings |= dict.fromkeys(key for row in rows for key in row)
            if not headings:
                raise LandingError(f"{path}: no line is a JSON object. Write one object per line.")
            keys = list(headings)
            cells = {
                column: [cell_text(row.get(keys[position])) for row in rows]
                for column, position in match_columns(table, keys, path.name).items()
            }
            yield landed_rows(cells, table.columns)
            broken = [("not a JSON object", line.rstrip("\r\n")) for line, row in parsed if row is None]
            if broken:
                yield broken_lines(broken, table.columns)


def parse_line(line: str) -> dict[str, Any] | None:
    """One object, or None when the line is neither JSON nor a Python literal of one."""
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        try:
            value = ast.literal_eval(line)
        except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
            return None
    return value if isinstance(value, dict) else None


def cell_text(value: Any) -> str | None:
    """A JSON value as text: whole floats without ".0", nan as null, nested values as JSON."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, float) and math.isnan(value):
        return None
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return as_json(value)
