"""The scores and named segments that R's package rfm publishes for its own data, to the last customer."""

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.python.features.conftest import CELLS

PUBLISHED = Path(__file__).parent / "rfm_data_orders"
ANALYSIS_DATE = date(2006, 12, 31)
RULES_OF_R = {"rfm_quantile_type": 7, "rfm_cut_point_shift": 1, "rfm_closed_side": "lower"}


def rows_of(name: str) -> list[dict[str, str]]:
    with (PUBLISHED / name).open(newline="") as file:
        return list(csv.DictReader(file))


def orders_of(number: int, customer: dict[str, str]) -> list[tuple[str, ...]]:
    """Orders that give the customer her recency, frequency and monetary: the first one is of all the money."""
    day = ANALYSIS_DATE - timedelta(days=int(customer["recency_days"]))
    amounts = [customer["monetary"]] + ["0"] * (int(customer["frequency"]) - 1)
    return [
        (f"{number}-{order}", str(number), day.isoformat(), "completed", amount) for order, amount in enumerate(amounts)
    ]


def segment_of(r: int, f: int, m: int) -> str:
    """The name of the first segment whose intervals hold the scores, as rfm_segment has it."""
    for segment in rows_of("segments.csv"):
        if all(
            int(segment[f"{measure}_lowest"]) <= score <= int(segment[f"{measure}_highest"])
            for measure, score in (("r", r), ("f", f), ("m", m))
        ):
            return segment["segment"]
    return "Others"


@pytest.fixture
def scored(build_shop, project_with_segments, tmp_path):
    """The shop of rfm_data_orders, built by R's rules with R's named segments in place of ours."""
    shop = tmp_path / "shop"
    shop.mkdir()
    with (shop / "orders.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("order_id", "customer_id", "ordered_at", "order_status", "net_amount"))
        for number, customer in enumerate(rows_of("customers.csv")):
            writer.writerows(orders_of(number, customer))
    project = project_with_segments((*cell, segment_of(*cell)) for cell in CELLS)
    built = build_shop(
        shop, select="+customer_rfm", variables=RULES_OF_R, project=project, AS_OF=ANALYSIS_DATE.isoformat()
    )
    assert built.returncode == 0, built.output
    return built


def test_scores_and_segments_are_those_that_r_publishes(scored) -> None:
    scores = "100 * r_score + 10 * f_score + m_score"
    assert scored.query(f"select {scores} from features.customer_rfm order by cast(customer_id as integer)") == [
        (int(customer["rfm_score"]),) for customer in rows_of("customers.csv")
    ]
    figures = "count(*), sum(frequency)::integer, sum(monetary)::integer"
    assert scored.query(f"select rfm_segment, {figures} from features.customer_rfm group by all order by 1") == sorted(
        (segment["segment"], int(segment["customers"]), int(segment["orders"]), int(segment["revenue"]))
        for segment in rows_of("segments.csv")
    )
