"""Reads Parquet in a stream, its columns as text."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as parquet

from python_udfs.landing.table import SourceTable, match_columns
from python_udfs.landing.text_columns import landed_columns

BATCH_ROWS = 50_000


def read_parquet(path: Path, table: SourceTable) -> Iterator[pa.RecordBatch]:
    """The file's rows in the landed shape."""
    with parquet.ParquetFile(path) as file:
        headings = file.schema_arrow.names
        matched = {column: headings[position] for column, position in match_columns(table, headings, path.name).items()}
        for batch in file.iter_batches(BATCH_ROWS, columns=list(matched.values())):
            columns = {column: batch.column(heading) for column, heading in matched.items()}
            yield landed_columns(columns, table.columns)
