"""SQL functions with which SQL models redact what a shop calls things, by the code that redacts reviews.

They live in the connection: a view that calls one fails for the next reader, so such models are tables.
"""

from collections.abc import Callable
from typing import Any

import pyarrow as pa

TEXT, TEXTS = "VARCHAR", "VARCHAR[]"


def register_label_functions(connection: Any) -> None:
    """Register redact_label(text, regions) and redact_row(json, regions); see `python_udfs.voice.labels`."""
    for name, function in (("redact_label", _redact_label), ("redact_row", _redact_row)):
        connection.create_function(name, function, [TEXT, TEXTS], TEXT, type="arrow", null_handling="special")


def _redact_label(labels: pa.ChunkedArray, regions: pa.ChunkedArray) -> pa.Array:
    # Imported when called: most commands of dbt call no function, and telephone numbers take long to load.
    from python_udfs.voice.labels import redact_label

    return _each(redact_label, labels, regions)


def _redact_row(rows: pa.ChunkedArray, regions: pa.ChunkedArray) -> pa.Array:
    from python_udfs.voice.labels import redact_row

    return _each(redact_row, rows, regions)


def _each(
    function: Callable[[str, tuple[str, ...]], str], texts: pa.ChunkedArray, regions: pa.ChunkedArray
) -> pa.Array:
    # DuckDB repeats a constant argument for each row.
    constant = tuple(regions[0].as_py()) if len(regions) else ()
    return pa.array([text and function(text, constant) for text in texts.to_pylist()], pa.string())
