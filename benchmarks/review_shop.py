"""A shop that has nothing but many short reviews, no two of the same words."""

from collections.abc import Iterator, Sequence
from math import gcd, prod
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as parquet

# Every sentence of one group goes with every one of the others.
SENTENCES = (
    tuple(
        f"{opinion} {thing}"
        for opinion in (
            "I love this",
            "What a lovely",
            "A really nice",
            "Quite a decent",
            "Not a bad",
            "A dull",
            "A poor",
        )
        for thing in ("lamp", "scarf", "kettle", "rug", "mug", "chair", "coat", "clock", "blanket", "bag", "shelf")
    ),
    tuple(
        f"the {part} is {state}"
        for part in ("colour", "size", "finish", "fabric", "handle", "smell", "seam", "lid", "packaging")
        for state in ("perfect", "fine", "as shown", "a bit off", "wrong", "disappointing", "awful")
    ),
    tuple(
        f"it {arrived} {when}"
        for arrived in ("arrived", "was delivered", "came", "got here")
        for when in ("early", "on time", "in two days", "after a week", "late", "three weeks late", "on my birthday")
    ),
    tuple(
        f"{who} {says}"
        for who in ("My sister", "My husband", "Our daughter", "A neighbour", "My boss", "Everybody")
        for says in ("adores it", "wants one too", "uses it daily", "doesn't care", "laughed at it", "hates it")
    ),
)
ROWS_AT_ONCE = 50_000
REVIEWS_PER_CUSTOMER = 4


def most_reviews() -> int:
    """How many different texts there are."""
    return prod(map(len, SENTENCES))


def review_text(number: int) -> str:
    """The text of that number: digits in a system whose bases are the lengths of the groups of sentences."""
    chosen = []
    for group in SENTENCES:
        number, digit = divmod(number, len(group))
        chosen.append(group[digit])
    return ", ".join(chosen) + "."


def review_texts(reviews: int) -> Iterator[str]:
    """So many different texts. Neighbours share no sentence: a step that is prime to their number jumps about.

    Raises ValueError for more than `most_reviews`.
    """
    texts = most_reviews()
    if reviews > texts:
        raise ValueError(f"there are {texts:,} different texts, not {reviews:,}")
    step = next(step for step in range(int(texts * 0.618), texts) if gcd(step, texts) == 1)
    return (review_text(number * step % texts) for number in range(reviews))


def write_review_shop(folder: Path, reviews: int) -> Path:
    """Write orders and reviews, four of these per customer, half of them with stars; returns the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    customers = [f"c{number}" for number in range(-(-reviews // REVIEWS_PER_CUSTOMER))]
    days = [f"2024-{1 + number % 12:02d}-{1 + number % 28:02d}" for number in range(len(customers))]
    orders = {"order_id": customers, "customer_id": customers, "ordered_at": days}
    parquet.write_table(pa.table(orders | {"order_status": ["completed"] * len(customers)}), folder / "orders.parquet")
    _write_reviews(folder / "reviews.parquet", review_texts(reviews))
    return folder


def _write_reviews(path: Path, texts: Iterator[str]) -> None:
    schema = pa.schema(
        {"review_id": pa.string(), "customer_id": pa.string(), "rating": pa.int64(), "body": pa.string()}
    )
    with parquet.ParquetWriter(path, schema) as file:
        first = 0
        while batch := [text for _, text in zip(range(ROWS_AT_ONCE), texts, strict=False)]:
            file.write_table(pa.table(_review_columns(first, batch), schema))
            first += len(batch)


def _review_columns(first: int, texts: Sequence[str]) -> dict[str, list[object]]:
    numbers = range(first, first + len(texts))
    return {
        "review_id": [f"r{number}" for number in numbers],
        "customer_id": [f"c{number // REVIEWS_PER_CUSTOMER}" for number in numbers],
        "rating": [1 + number % 5 if number % 2 else None for number in numbers],
        "body": list(texts),
    }
