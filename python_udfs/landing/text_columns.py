"""Turns the columns of a batch into text, and takes out the rows whose bytes are not text."""

import json
from collections.abc import Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from python_udfs.landing.table import landed_schema


def as_text(values: pa.Array) -> pa.Array:
    """Any column as text; empty text is null, whole floats lose their ".0", nested values become JSON."""
    if pa.types.is_dictionary(values.type):
        values = values.dictionary_decode()
    if pa.types.is_nested(values.type):
        values = pa.array([None if value is None else json.dumps(value, default=str) for value in values.to_pylist()])
    if pa.types.is_timestamp(values.type) and values.type.tz is not None:
        values = values.cast(pa.timestamp(values.type.unit))
    text = values.cast(pa.string())
    if pa.types.is_floating(values.type):
        text = pc.if_else(pc.equal(text, "nan"), None, pc.replace_substring_regex(text, r"\.0$", ""))
    return pc.if_else(pc.equal(text, ""), None, text)


def decode(values: pa.Array) -> tuple[pa.Array, pa.Array | None]:
    """Bytes as text, and a mask of the rows that are not UTF-8 (None when all are); those keep what can be read."""
    try:
        return values.cast(pa.string()), None
    except pa.ArrowInvalid:
        texts, broken = [], []
        for value in values.to_pylist():
            try:
                texts.append(None if value is None else value.decode("utf-8"))
                broken.append(False)
            except UnicodeDecodeError:
                texts.append(value.decode("utf-8", errors="replace"))
                broken.append(True)
        return pa.array(texts, pa.string()), pa.array(broken)


def landed_batch(columns: Mapping[str, pa.Array], wanted: Sequence[str]) -> pa.RecordBatch:
    """A batch in the landed shape: `wanted` columns as text, absent ones null.

    columns: the file's columns by wanted name, at least one, all of one length. A row with bytes that are not UTF-8 gets a
    source_error and its readable remains as JSON in source_text.
    """
    texts: dict[str, pa.Array] = {}
    rows = len(next(iter(columns.values())))
    not_utf8 = pa.array([False] * rows, pa.bool_())
    for name, values in columns.items():
        if pa.types.is_binary(values.type):
            values, broken = decode(values)
            not_utf8 = not_utf8 if broken is None else pc.or_(not_utf8, broken)
        texts[name] = as_text(values)
    nothing = pa.nulls(rows, pa.string())
    error = pc.if_else(not_utf8, "not valid UTF-8: pass the file's encoding, or save it as UTF-8", None)
    remains = nothing
    if pc.any(not_utf8).as_py():
        cells = pa.table(texts).to_pylist()
        remains = pa.array(
            [
                json.dumps(row, ensure_ascii=False) if broken else None
                for row, broken in zip(cells, not_utf8.to_pylist(), strict=True)
            ],
            pa.string(),
        )
    arrays = [texts.get(name, nothing) for name in wanted] + [error.cast(pa.string()), remains]
    return pa.RecordBatch.from_arrays(arrays, schema=landed_schema(wanted))


def broken_lines(wanted: Sequence[str], lines: Sequence[tuple[str, str]]) -> pa.RecordBatch:
    """Lines (error, text) that could not be split into columns, in the landed shape."""
    nothing = pa.nulls(len(lines), pa.string())
    arrays = [nothing] * len(wanted) + [
        pa.array([error for error, _ in lines], pa.string()),
        pa.array([text for _, text in lines], pa.string()),
    ]
    return pa.RecordBatch.from_arrays(arrays, schema=landed_schema(wanted))
