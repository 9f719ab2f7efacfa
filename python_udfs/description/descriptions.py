"""From facts to the published names, descriptions and suggested actions of the segments."""

import json
from collections.abc import Mapping

import pyarrow as pa

from python_udfs.description.cache import description_cache_key, is_by, writer_key
from python_udfs.description.facts import read_facts
from python_udfs.description.phrases import read_phrases
from python_udfs.description.providers import DescriptionProvider
from python_udfs.description.wording import SegmentText, segment_sheet
from python_udfs.progress import logger

SEGMENT_DESCRIPTION = pa.schema(
    [
        pa.field("segment_key", pa.string(), nullable=False),
        pa.field("segment_name", pa.string(), nullable=False),
        pa.field("description", pa.string(), nullable=False),
        pa.field("suggested_action", pa.string(), nullable=False),
        pa.field("description_source", pa.string(), nullable=False),
        pa.field("model", pa.string(), nullable=False),
        pa.field("cache_key", pa.string()),
        pa.field("facts_used", pa.string(), nullable=False),
        pa.field("rejected_claims", pa.string()),
    ]
)

Row = dict[str, str | None]


def describe_segments(
    facts: pa.Table,
    phrases: pa.Table,
    previous: pa.Table | None,
    provider: DescriptionProvider,
    edition: int = 1,
) -> pa.Table:
    """One row per segment of `facts`, in the order of keys, under the schema SEGMENT_DESCRIPTION.

    facts: `segment_facts`. phrases: the seed `description_phrases`. previous: what this returned in the last build, or
    None. Rows whose facts, phrases, prompt and model are unchanged are taken from it as they are; when all are, nobody
    is asked. A segment of which only the facts have changed keeps its name as long as the name is still true.
    """
    table = read_phrases(phrases)
    segments = {segment.segment_key: segment for segment in read_facts(facts)}
    writer = writer_key(provider.source, provider.model, provider.prompt_version, table.version, edition)
    keys = {key: description_cache_key(segment, writer) for key, segment in segments.items()}
    old_rows = {row["segment_key"]: row for row in previous.to_pylist()} if previous is not None else {}
    kept = {key: old_rows[key] for key in segments if key in old_rows and old_rows[key]["cache_key"] == keys[key]}
    changed = [segment_sheet(table, segment) for key, segment in segments.items() if key not in kept]
    written = provider.write(
        changed, [row["segment_name"] for row in kept.values()], _old_names(old_rows, provider.source, writer)
    )
    logger.info("%d segments described by %s, %d unchanged", len(written), provider.source, len(kept))
    new = {text.segment_key: _row(text, provider.model, keys[text.segment_key]) for text in written}
    return pa.Table.from_pylist([{**kept, **new}[key] for key in segments], schema=SEGMENT_DESCRIPTION)


def _old_names(rows: Mapping[str, Row], source: str, writer: str) -> dict[str, str]:
    """The names that the same writer gave. Other phrases, another model or edition are there to give others."""
    return {
        key: str(row["segment_name"])
        for key, row in rows.items()
        if row["description_source"] == source and is_by(writer, row["cache_key"])
    }


def _row(text: SegmentText, model: str, cache_key: str) -> Row:
    return {
        "segment_key": text.segment_key,
        "segment_name": text.name,
        "description": text.description,
        "suggested_action": text.action,
        "description_source": text.source,
        "model": model,
        "cache_key": cache_key if text.is_final else None,
        "facts_used": json.dumps(list(text.facts_used)),
        "rejected_claims": "; ".join(text.rejected_claims) or None,
    }
