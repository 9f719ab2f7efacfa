"""Reads CSV, plain or gzipped, in a stream; broken lines come out as such instead of stopping the build."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as arrow_csv

from python_udfs.landing.errors import LandingError
from python_udfs.landing.table import SourceTable, match_columns
from python_udfs.landing.text_columns import broken_lines, landed_batch

BLOCK_BYTES = 8 << 20
DELIMITERS = ",;\t|"


def read_heading(path: Path, encoding: str) -> tuple[list[str], str]:
    """The headings of a CSV file and its delimiter, the one of , ; tab | that its first line holds most of."""
    with pa.input_stream(str(path), compression="detect") as stream:
        first_line = io.BytesIO(stream.read(1 << 16)).readline()
    if not first_line.strip():
        raise LandingError(f"{path}: the file is empty. Export it again, with a heading line.")
    if first_line[:2] in (b"\xff\xfe", b"\xfe\xff") and encoding == "utf-8":
        raise LandingError(f"{path}: the file is UTF-16. Pass ENCODING=utf-16, or save it as UTF-8.")
    line = first_line.decode("utf-8-sig" if encoding == "utf-8" else encoding, errors="replace").rstrip("\r\n")
    delimiter = max(DELIMITERS, key=line.count)
    headings = next(csv.reader([line], delimiter=delimiter))
    if len(set(headings)) != len(headings):
        twice = next(heading for heading in headings if headings.count(heading) > 1)
        raise LandingError(f"{path}: the column '{twice}' stands there twice. Leave only one of them.")
    return headings, delimiter


def read_csv(path: Path, table: SourceTable, encoding: str) -> Iterator[pa.RecordBatch]:
    """The file's rows in the landed shape. A line with too few or too many columns carries a source_error."""
    headings, delimiter = read_heading(path, encoding)
    matched = match_columns(table, headings, path.name)
    broken: list[tuple[str, str]] = []

    def set_aside(row: arrow_csv.InvalidRow) -> str:
        error = f"expected {row.expected_columns} columns, found {row.actual_columns}"
        broken.append((error, row.text))
        return "skip"

    # Text would stop at the first byte that isn't UTF-8; bytes let such a row be set aside alone.
    column_type = pa.binary() if encoding == "utf-8" else pa.string()
    reader = arrow_csv.open_csv(
        pa.input_stream(str(path), compression="detect"),
        read_options=arrow_csv.ReadOptions(
            use_threads=False, block_size=BLOCK_BYTES, column_names=headings, skip_rows=1, encoding=encoding
        ),
        parse_options=arrow_csv.ParseOptions(
            delimiter=delimiter, newlines_in_values=True, invalid_row_handler=set_aside
        ),
        convert_options=arrow_csv.ConvertOptions(
            check_utf8=False,
            include_columns=list(dict.fromkeys(matched.values())),
            column_types=dict.fromkeys(headings, column_type),
            strings_can_be_null=False,
        ),
    )
    for batch in reader:
        yield landed_batch({column: batch.column(heading) for column, heading in matched.items()}, table.columns)
    yield broken_lines(table.columns, broken)
