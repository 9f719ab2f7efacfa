"""Reads JSON lines, plain or gzipped, and the Python literals that some public data sets write instead."""

import ast
import gzip
import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, TextIO

import pyarrow as pa

from python_udfs.landing.errors import LandingError
from python_udfs.landing.table import SourceTable, match_columns
from python_udfs.landing.text_columns import broken_lines, landed_batch

BATCH_ROWS = 10_000


def open_text(path: Path, encoding: str) -> TextIO:
    """The file as text, unzipped; bytes that are not text become the replacement character."""
    if path.name.lower().endswith(".gz"):
        return gzip.open(path, "rt", encoding=encoding, errors="replace")
    return path.open(encoding=encoding, errors="replace")


def parse_line(line: str) -> dict[str, Any] | None:
    """One object, or None when the line is neither JSON nor a Python literal of one."""
    try:
        value = json.loads(line)
    except ValueError:
        try:
            value = ast.literal_eval(line)
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            return None
    return value if isinstance(value, dict) else None


def read_json_lines(path: Path, table: SourceTable, encoding: str) -> Iterator[pa.RecordBatch]:
    """The file's objects in the landed shape; keys that are absent everywhere count as missing columns.

    The headings are those of the first 1,000 objects. Raises LandingError when none of these lines is an object.
    """
    with open_text(path, encoding) as stream:
        headings = dict.fromkeys(
            key for line in islice(stream, 1_000) if line.strip() for key in (parse_line(line) or {})
        )
    if not headings:
        raise LandingError(f"{path}: no line is a JSON object. Write one object per line.")
    matched = match_columns(table, headings, path.name)
    with open_text(path, encoding) as stream:
        lines = (line for line in stream if line.strip())
        while chunk := list(islice(lines, BATCH_ROWS)):
            parsed = [(line, parse_line(line)) for line in chunk]
            good = [row for _, row in parsed if row is not None]
            yield landed_batch(
                {
                    column: pa.array([cell_text(row.get(heading)) for row in good], pa.string())
                    for column, heading in matched.items()
                },
                table.columns,
            )
            broken = [("not a JSON object", line.rstrip("\n")) for line, row in parsed if row is None]
            yield broken_lines(table.columns, broken)


def cell_text(value: Any) -> str | None:
    """A JSON value as text: whole floats without ".0", nested values as JSON."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return json.dumps(value, ensure_ascii=False)
