"""Fact tables to describe: built by hand here, drawn at random by hypothesis in the tests."""

import csv
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from python_udfs.description.facts import SegmentFacts, read_facts

PROJECT = Path(__file__).resolve().parents[3]

FACTS = pa.schema(
    [
        ("segment_key", pa.string()),
        ("fact", pa.string()),
        ("meaning", pa.string()),
        ("topic", pa.string()),
        ("unit", pa.string()),
        ("value", pa.float64()),
        ("shop_value", pa.float64()),
        ("z_score", pa.float64()),
        ("place_from_top", pa.int64()),
        ("place_from_bottom", pa.int64()),
        ("text_value", pa.string()),
    ]
)

# Topic and unit of every fact, as segment_facts.sql gives them.
KINDS = {
    "average_category_count": ("assortment", "categories"),
    "average_rating": ("voice", "stars"),
    "average_sentiment": ("voice", "score"),
    "cancellation_rate": ("cancellation", "share"),
    "customer_share": ("size", "share"),
    "customers": ("size", "customers"),
    "discount_rate": ("discount", "share"),
    "median_average_order_value": ("basket", "money"),
    "median_cart_count": ("browsing", "carts"),
    "median_days_between_orders": ("frequency", "days"),
    "median_frequency": ("frequency", "orders"),
    "median_monetary": ("money", "money"),
    "median_recency_days": ("recency", "days"),
    "median_tenure_days": ("tenure", "days"),
    "median_view_count": ("browsing", "views"),
    "negative_reviewer_share": ("voice", "share"),
    "one_time_buyer_share": ("frequency", "share"),
    "positive_reviewer_share": ("voice", "share"),
    "return_rate": ("return", "share"),
    "revenue_index": ("revenue", "times"),
    "revenue_share": ("revenue", "share"),
    "reviewer_share": ("reviewing", "share"),
    "second_category": ("category", "share"),
    "sentiment_trend": ("trend", "score"),
    "top_category": ("category", "share"),
    "top_language": ("language", "share"),
    "top_rfm_segment": ("rfm_segment", "share"),
}

# A fact of a segment: value, the shop's value, z-score, and the text if it has one.
Figures = tuple[float | None, float | None, float | None] | tuple[float | None, float | None, float | None, str | None]


def fact_table(segments: Mapping[str, Mapping[str, Figures]]) -> pa.Table:
    """`segment_facts` of the segments given, with places worked out as the SQL does."""
    rows: list[dict[str, Any]] = []
    for key, facts in segments.items():
        for name, (value, shop_value, z_score, *text) in facts.items():
            topic, unit = KINDS[name]
            others = [other[name][0] for other in segments.values() if name in other and other[name][0] is not None]
            is_text = bool(text and text[0] is not None)
            rows.append(
                {
                    "segment_key": key,
                    "fact": name,
                    "meaning": name.replace("_", " "),
                    "topic": topic,
                    "unit": unit,
                    "value": value,
                    "shop_value": shop_value,
                    "z_score": z_score,
                    "place_from_top": None if is_text or value is None else sum(x >= value for x in others),
                    "place_from_bottom": None if is_text or value is None else sum(x <= value for x in others),
                    "text_value": text[0] if text else None,
                }
            )
    return pa.Table.from_pylist(rows, schema=FACTS)


@pytest.fixture(scope="session")
def phrases() -> pa.Table:
    """The phrase table that ships with the project."""
    with (PROJECT / "seeds" / "description_phrases.csv").open(encoding="utf-8", newline="") as file:
        rows = [{column: text or None for column, text in row.items()} for row in csv.DictReader(file)]
    return pa.Table.from_pylist(rows)


@pytest.fixture(scope="session")
def facts_of() -> Callable[[Mapping[str, Mapping[str, Figures]]], pa.Table]:
    """Builds `segment_facts`."""
    return fact_table


@pytest.fixture(scope="session")
def kinds() -> Mapping[str, tuple[str, str]]:
    """Topic and unit of every fact."""
    return KINDS


@pytest.fixture(scope="session")
def shop() -> pa.Table:
    """A shop of four segments: two that differ in voice only, and two that differ in what they do."""
    regulars: dict[str, Figures] = {
        "customers": (300.0, 1200.0, None),
        "customer_share": (0.25, 1.0, None),
        "revenue_share": (0.31, 1.0, None),
        "median_frequency": (9.0, 4.0, 1.1),
        "median_recency_days": (20.0, 70.0, -0.9),
        "reviewer_share": (0.8, 0.45, 0.7),
        "top_category": (0.4, 0.3, 0.2, "Garden"),
    }
    return fact_table(
        {
            "S01": regulars
            | {
                "average_rating": (1.9, 3.9, -1.6),
                "negative_reviewer_share": (0.92, 0.3, 1.4),
                "positive_reviewer_share": (0.02, 0.6, -1.2),
            },
            "S02": regulars
            | {
                "average_rating": (4.7, 3.9, 0.8),
                "negative_reviewer_share": (0.01, 0.3, -0.6),
                "positive_reviewer_share": (0.97, 0.6, 0.9),
            },
            "S03": {
                "customers": (400.0, 1200.0, None),
                "customer_share": (0.333, 1.0, None),
                "revenue_share": (0.05, 1.0, None),
                "one_time_buyer_share": (0.97, 0.4, 1.2),
                "median_frequency": (1.0, 4.0, -1.0),
                "median_recency_days": (310.0, 70.0, 1.3),
                "reviewer_share": (0.1, 0.45, -0.7),
            },
            "S04": {
                "customers": (200.0, 1200.0, None),
                "customer_share": (0.167, 1.0, None),
                "revenue_share": (0.33, 1.0, None),
                "median_average_order_value": (412.5, 95.0, 1.9),
                "top_category": (0.7, 0.1, 2.0, "Furniture"),
            },
        }
    )


@pytest.fixture(scope="session")
def unhappy_regulars(shop: pa.Table) -> SegmentFacts:
    """The first segment of the shop: order often, rate badly."""
    return read_facts(shop)[0]


@pytest.fixture(scope="session")
def facts_in_sql() -> Sequence[str]:
    """The names of the facts that segment_facts.sql can hold."""
    sql = (PROJECT / "models" / "description" / "segment_facts.sql").read_text(encoding="utf-8")
    named = re.findall(r"'fact': '(\w+)'|'(\w+)' as fact\b|(?:then|else) '(\w+)'", sql)
    return sorted({name for names in named for name in names if name} - {"false"})
