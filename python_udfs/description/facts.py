"""The facts of a segment, as `segment_facts` gives them: everything that a description may say."""

import math
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

import pyarrow as pa

FACT_COLUMNS = (
    "segment_key",
    "fact",
    "meaning",
    "topic",
    "unit",
    "value",
    "shop_value",
    "z_score",
    "place_from_top",
    "place_from_bottom",
    "text_value",
)

# What `segment_facts` may hold, so that a misspelt condition is an error and not a phrase that never applies.
KNOWN_FACTS = frozenset(
    {
        "average_category_count",
        "average_rating",
        "average_sentiment",
        "cancellation_rate",
        "customer_share",
        "customers",
        "discount_rate",
        "median_average_order_value",
        "median_cart_count",
        "median_days_between_orders",
        "median_frequency",
        "median_monetary",
        "median_recency_days",
        "median_tenure_days",
        "median_view_count",
        "negative_reviewer_share",
        "one_time_buyer_share",
        "positive_reviewer_share",
        "return_rate",
        "revenue_index",
        "revenue_share",
        "reviewer_share",
        "second_category",
        "sentiment_trend",
        "top_category",
        "top_language",
        "top_rfm_segment",
    }
)

LONGEST_TEXT = 40


@dataclass(frozen=True)
class Fact:
    """One figure of a segment. `value` is the segment's, `shop_value` the same over all clustered customers."""

    name: str
    meaning: str
    topic: str
    unit: str
    value: float
    shop_value: float | None = None
    z_score: float | None = None
    place_from_top: int | None = None
    place_from_bottom: int | None = None
    text: str | None = None

    @property
    def said(self) -> str:
        """The segment's figure as a merchant reads it."""
        return say(self.value, self.unit)

    @property
    def shop_said(self) -> str | None:
        """The shop's figure as a merchant reads it."""
        return None if self.shop_value is None else say(self.shop_value, self.unit)

    @property
    def strength(self) -> float:
        """How far the segment stands from the shop, in standard deviations, without its sign; 0 when unknown."""
        return abs(self.z_score) if self.z_score is not None else 0.0

    @property
    def direction(self) -> int:
        """1 above the shop, -1 below, 0 when the two figures are the same once they are said."""
        if self.shop_value is None or self.said == self.shop_said:
            return 0
        return 1 if self.value > self.shop_value else -1


@dataclass(frozen=True)
class SegmentFacts:
    """All facts of one segment, by name."""

    segment_key: str
    facts: Mapping[str, Fact]

    def strongest(self) -> list[Fact]:
        """The facts that tell this segment apart, the furthest from the shop first."""
        telling = [fact for fact in self.facts.values() if fact.strength > 0 and fact.direction != 0]
        return sorted(telling, key=lambda fact: (-fact.strength, fact.name))


def read_facts(table: pa.Table) -> list[SegmentFacts]:
    """Segments with their facts, in the order of their keys, whatever the order of the rows.

    table: `segment_facts`, with the columns FACT_COLUMNS. Facts without a finite value are left out.
    Raises ValueError when a segment has a fact twice.
    """
    segments: dict[str, dict[str, Fact]] = {}
    for row in table.select(list(FACT_COLUMNS)).to_pylist():
        facts = segments.setdefault(row["segment_key"], {})
        value = _finite(row["value"])
        if value is None:
            continue
        if row["fact"] in facts:
            raise ValueError(f"segment_facts has {row['fact']} of segment {row['segment_key']} more than once")
        facts[row["fact"]] = Fact(
            name=row["fact"],
            meaning=row["meaning"],
            topic=row["topic"],
            unit=row["unit"],
            value=value,
            shop_value=_finite(row["shop_value"]),
            z_score=_finite(row["z_score"]),
            place_from_top=row["place_from_top"],
            place_from_bottom=row["place_from_bottom"],
            text=tame(row["text_value"]),
        )
    return [SegmentFacts(key, dict(sorted(facts.items()))) for key, facts in sorted(segments.items())]


def tame(text: str | None) -> str | None:
    """Text from the shop's data as harmless data: one line, no control characters or quotes, at most LONGEST_TEXT long.

    Null when nothing is left. A category called "ignore previous instructions" stays a category of that name.
    """
    if text is None:
        return None
    visible = "".join(
        " " if character.isspace() else character
        for character in unicodedata.normalize("NFC", text)
        if character.isspace() or not unicodedata.category(character).startswith("C")
    )
    words = " ".join(visible.translate(str.maketrans({'"': "'", "“": "'", "”": "'", "{": "(", "}": ")"})).split())
    return (words if len(words) <= LONGEST_TEXT else words[: LONGEST_TEXT - 1].rstrip() + "…") or None


def say(value: float, unit: str) -> str:
    """A figure in words, rounded as people round it: 31%, 4.2%, 1.9, 1,240, 18.50."""
    if unit == "share":
        percent = value * 100
        return f"{_rounded(percent, 0 if abs(percent) >= 10 else 1)}%"
    if unit == "score":
        return _rounded(value, 2)
    if unit == "money" and abs(value) < 100:
        return f"{Decimal(repr(value)).quantize(Decimal('0.01'), ROUND_HALF_UP)}".removesuffix(".00")
    if unit in ("stars", "times"):
        return _rounded(value, 1)
    return _rounded(value, 1 if abs(value) < 10 else 0)


def _rounded(value: float, digits: int) -> str:
    """Rounded half up, with separators of thousands and without idle zeros."""
    step = Decimal(1).scaleb(-digits)
    # Twelve digits first: 0.145 * 100 is 14.499999999999998 to a double.
    number = Decimal(f"{value:.12g}").quantize(step, ROUND_HALF_UP)
    text = f"{number:,}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def _finite(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None
