"""Lands one source table: finds its file, reads it by its format, and says clearly what stands in the way."""

from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path

import pyarrow as pa

from python_udfs.landing.csv_file import read_csv
from python_udfs.landing.errors import LandingError
from python_udfs.landing.excel_file import read_excel
from python_udfs.landing.files import find_file, split_name
from python_udfs.landing.json_lines import read_json_lines
from python_udfs.landing.parquet_file import read_parquet
from python_udfs.landing.table import SourceTable, landed_schema


def land(table: SourceTable, data: Path, encoding: str = "utf-8") -> pa.RecordBatchReader:
    """The rows of `table`'s file as a stream in the landed shape (see `landed_schema`).

    data: the folder with the shop's files, or the file itself where the table takes one.
    encoding: of text files. An optional table without a file lands empty.
    Raises LandingError for a required file or column that is missing, an unreadable or an empty file.
    """
    path = find_file(table, data)
    schema = landed_schema(table.columns)
    if path is None:
        return pa.RecordBatchReader.from_batches(schema, iter(()))
    batches = _checked(path, table, encoding)
    # The first batch is read here, so that most errors stop the build before anything has been written.
    first = list(islice(batches, 1))
    return pa.RecordBatchReader.from_batches(schema, chain(first, batches))


def _checked(path: Path, table: SourceTable, encoding: str) -> Iterator[pa.RecordBatch]:
    """The file's batches; whatever its reader trips over becomes a LandingError that names the file."""
    if path.stat().st_size == 0:
        raise LandingError(f"{path}: the file is empty. Export it again, or leave it away if {table.name} is optional.")
    rows = 0
    try:
        for batch in _read(path, table, encoding):
            rows += batch.num_rows
            if rows:
                yield batch
    except LandingError:
        raise
    except (pa.ArrowException, OSError, EOFError, UnicodeError, LookupError, ValueError) as error:
        raise LandingError(
            f"{path}: cannot be read as {split_name(path.name)[1]} ({error}). Check the file, or export it again."
        ) from error
    if rows == 0 and table.required:
        raise LandingError(f"{path}: has columns but no rows. {table.name} needs at least one.")


def _read(path: Path, table: SourceTable, encoding: str) -> Iterator[pa.RecordBatch]:
    ending = split_name(path.name)[1]
    if ending == ".parquet":
        return read_parquet(path, table)
    if ending == ".xlsx":
        return read_excel(path, table)
    if ending.startswith(".json"):
        return read_json_lines(path, table, encoding)
    return read_csv(path, table, encoding)
