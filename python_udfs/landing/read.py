"""Lands one source table: finds its file, reads it by its format, and says clearly what stands in the way."""

import tempfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from python_udfs.landing.csv_file import read_csv
from python_udfs.landing.errors import LandingError, without_personal_data
from python_udfs.landing.excel_file import read_excel
from python_udfs.landing.files import find_file, split_name
from python_udfs.landing.json_lines import read_json_lines
from python_udfs.landing.parquet_file import read_parquet
from python_udfs.landing.table import SourceTable, landed_schema

# What readers raise when a file isn't what it says: a cut-off or broken archive, a broken Parquet, wrong bytes.
UNREADABLE = (pa.ArrowException, OSError, EOFError, zlib.error, ValueError, LookupError)

SPOOL_BYTES = 64 << 20


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
    return _spooled(schema, _checked(path, table, encoding))


def _spooled(schema: pa.Schema, batches: Iterator[pa.RecordBatch]) -> pa.RecordBatchReader:
    """The batches once all of them have been read, in memory while they are few, then on disk.

    So a file that breaks off in the middle is an error here, in plain words, and nothing of it has been written: in the
    midst of a warehouse's reading it would come out as the warehouse's error, with a traceback.
    """
    spool = tempfile.SpooledTemporaryFile(max_size=SPOOL_BYTES)  # noqa: SIM115 - goes with the reader that is returned
    with pa.ipc.new_stream(spool, schema, options=pa.ipc.IpcWriteOptions(compression="lz4")) as writer:
        for batch in batches:
            writer.write_batch(batch)
    spool.seek(0)
    return pa.ipc.open_stream(spool)


def _checked(path: Path, table: SourceTable, encoding: str) -> Iterator[pa.RecordBatch]:
    """The file's batches; whatever its reader trips over becomes a LandingError that names the file."""
    rows = usable = 0
    try:
        if path.stat().st_size == 0:
            raise LandingError(
                f"{path}: the file is empty. Export it again, or leave it away if {table.name} is optional."
            )
        for batch in _read(path, table, encoding):
            rows += batch.num_rows
            usable += batch.column("source_error").null_count
            if batch.num_rows:
                yield batch
    except LandingError:
        raise
    except UNREADABLE as error:
        told = without_personal_data(str(error))
        raise LandingError(
            f"{path}: cannot be read as {split_name(path.name)[1]} ({told}). Check the file, or export it again."
        ) from error
    if table.required and rows == 0:
        raise LandingError(f"{path}: has columns but no rows. {table.name} needs at least one.")
    if table.required and usable == 0:
        raise LandingError(
            f"{path}: none of its {rows:,} lines splits into the columns of its heading. Check delimiter, quotes and "
            "encoding, or export it again."
        )


def _read(path: Path, table: SourceTable, encoding: str) -> Iterator[pa.RecordBatch]:
    ending = split_name(path.name)[1]
    if ending == ".parquet":
        return read_parquet(path, table)
    if ending == ".xlsx":
        return read_excel(path, table)
    if ending.startswith(".json"):
        return read_json_lines(path, table, encoding)
    return read_csv(path, table, encoding)
