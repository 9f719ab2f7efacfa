"""From keywords and quotes to the published labels of the topics."""

from collections.abc import Sequence

import pyarrow as pa

from python_udfs.description.cache import writer_key
from python_udfs.progress import logger
from python_udfs.voice.topics.given_labels import LabelProvider, TopicLabel
from python_udfs.voice.topics.sheets import TopicSheet

TOPIC_LABELS = pa.schema(
    [
        pa.field("topic_key", pa.string(), nullable=False),
        pa.field("label", pa.string(), nullable=False),
        pa.field("label_source", pa.string(), nullable=False),
        pa.field("model", pa.string(), nullable=False),
        pa.field("cache_key", pa.string()),
        pa.field("rejected_labels", pa.string()),
    ]
)
# The rules by which labels are made; raise it with every change of them.
RULES_VERSION = "1"

Row = dict[str, str | None]


def label_topics(
    sheets: Sequence[TopicSheet], previous: pa.Table | None, provider: LabelProvider, edition: int = 1
) -> pa.Table:
    """One row of TOPIC_LABELS per sheet, in their order.

    previous: what this returned in the last build, or None. A topic keeps the label that the same writer gave it for as
    long as its keywords and quotes have the label's words: readers have learned it.
    """
    writer = writer_key(provider.source, provider.model, provider.prompt_version, RULES_VERSION, edition)
    old = {row["topic_key"]: row for row in previous.to_pylist()} if previous is not None else {}
    kept = {sheet.topic_key: old[sheet.topic_key] for sheet in sheets if _holds(sheet, old, writer)}
    new = [sheet for sheet in sheets if sheet.topic_key not in kept]
    written = provider.write(new, [str(row["label"]) for row in kept.values()])
    logger.info("%d topics labelled by %s, %d unchanged", len(written), provider.source, len(kept))
    rows = kept | {label.topic_key: _row(label, provider.model, writer) for label in written}
    return pa.Table.from_pylist([rows[sheet.topic_key] for sheet in sheets], schema=TOPIC_LABELS)


def _holds(sheet: TopicSheet, old: dict[str, Row], writer: str) -> bool:
    row = old.get(sheet.topic_key)
    if row is None or row["cache_key"] != writer:
        return False
    # A topic without any words is labelled by its key, until it has some.
    return row["label"] in sheet.options or (bool(sheet.words) and not sheet.strange_words(str(row["label"])))


def _row(label: TopicLabel, model: str, writer: str) -> Row:
    return {
        "topic_key": label.topic_key,
        "label": label.text,
        "label_source": label.source,
        "model": model,
        "cache_key": writer if label.is_final else None,
        "rejected_labels": "; ".join(label.rejected) or None,
    }
