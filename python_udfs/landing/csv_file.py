"""Reads CSV in a stream; broken lines come out as such instead of stopping the build or taking others with them."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as arrow_csv

from python_udfs.landing.csv_records import Lines, complaint, csv_records
from python_udfs.landing.errors import LandingError
from python_udfs.landing.table import SourceTable, match_columns
from python_udfs.landing.text_columns import broken_lines, landed_columns, landed_rows
from python_udfs.landing.text_file import open_text

BLOCK_CHARACTERS = 8 << 20
BATCH_ROWS = 20_000
DELIMITERS = ",;\t|"
QUOTE = ord('"')


@dataclass(frozen=True)
class Layout:
    """What the heading says of the lines below it: how many columns, and where the table's columns stand."""

    delimiter: str
    columns: int
    positions: dict[str, int]
    wanted: tuple[str, ...]


def read_csv(path: Path, table: SourceTable, encoding: str) -> Iterator[pa.RecordBatch]:
    """The file's rows in the landed shape. A line that doesn't split into the heading's columns has a source_error."""
    with open_text(path, encoding) as stream:
        lines = Lines(stream)
        layout = read_heading(lines, table, path)
        while block := stream.read(BLOCK_CHARACTERS):
            block += stream.readline()
            encoded = utf8(block)
            if encoded is not None and well_quoted(encoded, layout.delimiter):
                yield from quick_batches(encoded, layout)
            else:
                lines.waiting.extend(io.StringIO(block, newline=""))
                yield from careful_batches(lines, layout)


def read_heading(lines: Lines, table: SourceTable, path: Path) -> Layout:
    """The layout of a file by its first line, of , ; tab | the delimiter that it holds most of."""
    first = next((line for line in lines if line.strip()), None)
    if first is None:
        raise LandingError(f"{path}: the file is empty. Export it again, with a heading line.")
    lines.waiting.append(first)
    delimiter = max(DELIMITERS, key=first.count)
    headings = next(csv_records(lines, delimiter), None)
    if not isinstance(headings, list):
        raise LandingError(f"{path}: has no heading line. Export it again, with the columns' names in the first line.")
    return Layout(delimiter, len(headings), match_columns(table, headings, path.name), table.columns)


def utf8(text: str) -> bytes | None:
    """The text's bytes, or None when it holds bytes that could not be decoded: the quick reader would stop at them."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return None


def well_quoted(lines: bytes, delimiter: str) -> bool:
    """Whether each quote in these whole lines opens or closes a value, or is doubled within one.

    Then no reader can mistake where a row ends, and a quick one may do it.
    """
    codes = np.frombuffer(b"\n" + lines + b"\n", np.uint8)
    quotes = np.flatnonzero(codes == QUOTE)
    if len(quotes) % 2:
        return False
    edge = np.zeros(256, np.bool_)
    edge[[ord(delimiter), ord("\n"), ord("\r"), QUOTE]] = True
    return bool(edge[codes[quotes[0::2] - 1]].all() and edge[codes[quotes[1::2] + 1]].all())


def quick_batches(lines: bytes, layout: Layout) -> Iterator[pa.RecordBatch]:
    """The rows of well quoted lines."""
    broken: list[tuple[str, str]] = []

    def set_aside(row: arrow_csv.InvalidRow) -> str:
        broken.append((f"expected {row.expected_columns} columns, found {row.actual_columns}", row.text))
        return "skip"

    names = [str(position) for position in range(layout.columns)]
    rows = arrow_csv.read_csv(
        pa.BufferReader(lines),
        read_options=arrow_csv.ReadOptions(use_threads=False, block_size=len(lines) + 1, column_names=names),
        parse_options=arrow_csv.ParseOptions(
            delimiter=layout.delimiter, newlines_in_values=True, invalid_row_handler=set_aside
        ),
        convert_options=arrow_csv.ConvertOptions(
            include_columns=[str(position) for position in layout.positions.values()],
            column_types=dict.fromkeys(names, pa.string()),
            check_utf8=False,
            strings_can_be_null=False,
        ),
    )
    for batch in rows.to_batches():
        columns = {column: batch.column(str(position)) for column, position in layout.positions.items()}
        yield landed_columns(columns, layout.wanted)
    yield broken_lines(broken, layout.wanted)


def careful_batches(lines: Lines, layout: Layout) -> Iterator[pa.RecordBatch]:
    """The rows of the lines that are waiting, and of those after them that the last row still needs."""
    records = _while_waiting(lines, csv_records(lines, layout.delimiter))
    while batch := list(islice(records, BATCH_ROWS)):
        rows = [record for record in batch if isinstance(record, list) and len(record) == layout.columns]
        cells = {column: [row[position] for row in rows] for column, position in layout.positions.items()}
        yield landed_rows(cells, layout.wanted)
        told = (complaint(record, layout.columns, layout.delimiter) for record in batch)
        yield broken_lines([line for line in told if line is not None], layout.wanted)


def _while_waiting(lines: Lines, records: Iterator[list[str] | str]) -> Iterator[list[str] | str]:
    while lines.waiting and (record := next(records, None)) is not None:
        yield record
