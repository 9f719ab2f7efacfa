"""Turns the columns of a batch into text, and marks the rows whose bytes are not text."""

import json
import re
from collections.abc import Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from python_udfs.landing.table import landed_schema

NOT_TEXT = "not valid text in this encoding: pass the file's encoding, or save it as UTF-8"
UNDECODED = re.compile("[\udc80-\udcff]")
SURROGATE = re.compile("[\ud800-\udfff]")


def landed_rows(cells: Mapping[str, Sequence[str | None]], wanted: Sequence[str]) -> pa.RecordBatch:
    """Rows of Python strings in the landed shape.

    cells: the values of each column that the file has, all of one length; empty ones are null.
    wanted: the landed columns; absent ones are null. A row with undecoded bytes gets a source_error.
    """
    texts: dict[str, pa.Array] = {}
    broken: set[int] = set()
    for column, values in cells.items():
        texts[column], undecoded = text_array(values)
        broken |= undecoded
    return _landed(texts, broken, wanted)


def landed_columns(columns: Mapping[str, pa.Array], wanted: Sequence[str]) -> pa.RecordBatch:
    """Arrow columns of any type in the landed shape; see `landed_rows`."""
    texts: dict[str, pa.Array] = {}
    broken: set[int] = set()
    for column, values in columns.items():
        texts[column], undecoded = as_text(values)
        broken |= undecoded
    return _landed(texts, broken, wanted)


def broken_lines(lines: Sequence[tuple[str, str]], wanted: Sequence[str]) -> pa.RecordBatch:
    """Lines (error, text) that could not be split into columns, in the landed shape."""
    nothing = pa.nulls(len(lines), pa.string())
    errors, _ = text_array([error for error, _ in lines])
    texts, _ = text_array([text for _, text in lines])
    return pa.RecordBatch.from_arrays([nothing] * len(wanted) + [errors, texts], schema=landed_schema(wanted))


def text_array(values: Sequence[str | None]) -> tuple[pa.Array, set[int]]:
    """Strings as an array, empty ones null, and the positions of those with bytes that could not be decoded.

    These keep what can be read. Other lone surrogates are halves of characters (an emoji that was cut off); they become
    the replacement character and break nothing.
    """
    undecoded: set[int] = set()
    try:
        array = pa.array(values, pa.string())
    except UnicodeEncodeError:
        undecoded = {position for position, value in enumerate(values) if value and UNDECODED.search(value)}
        array = pa.array([value and SURROGATE.sub("\ufffd", value) for value in values], pa.string())
    return pc.if_else(pc.equal(array, ""), None, array), undecoded


def as_text(values: pa.Array) -> tuple[pa.Array, set[int]]:
    """An array of any type as `text_array` gives it: whole floats without ".0", times in UTC, nested values as JSON."""
    if pa.types.is_dictionary(values.type):
        values = values.dictionary_decode()
    if pa.types.is_nested(values.type):
        return text_array([None if value is None else as_json(value) for value in values.to_pylist()])
    if pa.types.is_floating(values.type):
        values = _whole(pc.if_else(pc.is_nan(values), None, values))
    elif pa.types.is_timestamp(values.type) and values.type.tz is not None:
        values = values.cast(pa.timestamp(values.type.unit))
    elif _is_text(values.type):
        # By way of bytes: a file may call text what isn't.
        values = values.cast(pa.large_binary())
        try:
            values = values.cast(pa.large_string())
        except pa.ArrowInvalid:
            decoded = [value and value.decode("utf-8", errors="surrogateescape") for value in values.to_pylist()]
            return text_array(decoded)
    text = values.cast(pa.string())
    return pc.if_else(pc.equal(text, ""), None, text), set()


def as_json(value: object) -> str:
    """A nested value as JSON; dates and the like as text."""
    return json.dumps(value, ensure_ascii=False, default=str)


def _whole(values: pa.Array) -> pa.Array:
    """A column of whole floats as integers, as which they were meant; any other one as it is."""
    try:
        return values.cast(pa.int64())
    except pa.ArrowInvalid:
        return values


def _is_text(kind: pa.DataType) -> bool:
    texts = (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view)
    blobs = (pa.types.is_binary, pa.types.is_large_binary, pa.types.is_fixed_size_binary, pa.types.is_binary_view)
    return any(check(kind) for check in texts + blobs)


def _landed(texts: Mapping[str, pa.Array], broken: set[int], wanted: Sequence[str]) -> pa.RecordBatch:
    rows = len(next(iter(texts.values())))
    nothing = pa.nulls(rows, pa.string())
    errors = nothing
    if broken:
        errors = pa.array([NOT_TEXT if position in broken else None for position in range(rows)], pa.string())
    arrays = [texts.get(column, nothing) for column in wanted] + [errors, nothing]
    return pa.RecordBatch.from_arrays(arrays, schema=landed_schema(wanted))
