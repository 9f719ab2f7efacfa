"""Reviews that say best what a topic is about: the nearest to its centre, in its language, without repetitions."""

from collections.abc import Iterator
from typing import Any

import pyarrow as pa

QUOTABLE_COLUMNS = ["topic_key", "review_id", "customer_id", "text", "is_in_topic_language", "nearness"]
TOPIC_QUOTES = pa.schema(
    [
        pa.field("topic_key", pa.string()),
        pa.field("place", pa.int64()),
        pa.field("review_id", pa.string()),
        pa.field("quote", pa.string()),
    ]
)
# Two texts that share more of their runs of three characters say the same in nearly the same words.
MOST_SHARED = 0.4
RUN = 3
ELLIPSIS = " …"


def choose_quotes(candidates: pa.Table, quotes: int, longest: int) -> pa.Table:
    """At most so many rows of TOPIC_QUOTES per topic, each of another customer and in other words.

    candidates: QUOTABLE_COLUMNS, redacted texts; those in the topic's language come first, then whole texts of at most
    `longest` characters before cut ones, and then the nearest to the centre.
    """
    rows = sorted(candidates.select(QUOTABLE_COLUMNS).to_pylist(), key=lambda row: _rank(row, longest))
    by_topic: dict[str, list[dict[str, object]]] = {}
    for row in rows:
        by_topic.setdefault(row["topic_key"], []).append(row)
    chosen = [quote for topic in by_topic.values() for quote in _distinct(topic, quotes, longest)]
    return pa.Table.from_pylist(chosen, schema=TOPIC_QUOTES)


def _rank(row: dict[str, Any], longest: int) -> tuple[object, ...]:
    is_cut = len(row["text"]) > longest
    return row["topic_key"], not row["is_in_topic_language"], is_cut, -row["nearness"], row["review_id"]


def _distinct(rows: list[dict[str, object]], quotes: int, longest: int) -> Iterator[dict[str, object]]:
    customers: set[object] = set()
    said: list[frozenset[str]] = []
    for row in rows:
        quote = shortened(" ".join(str(row["text"]).split()), longest)
        runs = _runs(quote)
        if row["customer_id"] in customers or any(_shared(runs, other) > MOST_SHARED for other in said):
            continue
        customers.add(row["customer_id"])
        said.append(runs)
        yield {"topic_key": row["topic_key"], "place": len(said), "review_id": row["review_id"], "quote": quote}
        if len(said) == quotes:
            return


def shortened(text: str, longest: int) -> str:
    """The text, cut behind a whole word and marked as cut, where it has more than `longest` characters."""
    if len(text) <= longest:
        return text
    room = longest - len(ELLIPSIS)
    # Without spaces, as in Chinese, it's cut where it must be.
    return (text[: room + 1].rpartition(" ")[0] or text[:room]).rstrip() + ELLIPSIS


def _runs(text: str) -> frozenset[str]:
    letters = "".join(sign for sign in text.casefold() if sign.isalnum())
    return frozenset(letters[start : start + RUN] for start in range(max(1, len(letters) - RUN + 1)))


def _shared(first: frozenset[str], second: frozenset[str]) -> float:
    """Jaccard's index of two sets, of which none is empty."""
    return len(first & second) / len(first | second)
