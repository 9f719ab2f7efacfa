"""RFM's scores by every rule that a shop can set: as NumPy has them, and one named segment each, for any customers.

dbt compiles the models once for each set of rules; Hypothesis then runs the SQL on customers with ties, few values,
groups of one, unknown amounts and countries, and refunds.
"""

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import duckdb
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.python.features.conftest import PROJECT, RFM_MODELS

SHARES = [0.2, 0.4, 0.6, 0.8]
METHODS = {1: "inverted_cdf", 7: "linear"}  # NumPy's names of Hyndman and Fan's types
RULES = [
    {"rfm_quantile_type": type_, "rfm_closed_side": side, "rfm_within": within, "rfm_cut_points": given}
    for type_, side, within, given in itertools.product(
        METHODS, ("upper", "lower"), ("", "country"), ({}, {"recency": [1, 2, 2, 5], "monetary": [-0.01, 0, 0.02, 500]})
    )
]
SMALLEST_GROUP = 3


@dataclass(frozen=True)
class Customer:
    recency: int
    frequency: int
    cents: int | None
    country: str | None

    def values(self) -> dict[str, float | None]:
        money = None if self.cents is None else self.cents / 100
        return {"recency": self.recency, "frequency": self.frequency, "monetary": money}


CUSTOMERS = st.lists(
    st.builds(
        Customer,
        recency=st.integers(0, 6) | st.integers(0, 5000),
        frequency=st.integers(1, 3) | st.integers(1, 60),
        cents=st.none() | st.integers(-2, 3) | st.integers(-100_000, 10_000_000),
        country=st.sampled_from([None, "Brazil", "China", "unknown"]),
    ),
    min_size=1,
    max_size=40,
)


@pytest.fixture(scope="module", params=RULES, ids=lambda rules: "-".join(str(value) for value in rules.values()))
def rules(request: pytest.FixtureRequest) -> dict[str, Any]:
    return request.param


@pytest.fixture(scope="module")
def score(rules: dict[str, Any], compile_rfm) -> Callable[[list[Customer]], list[tuple]]:
    """Scores customers by the project's own SQL: r, f and m score and segment of each, in the order given."""
    defaults = {"rfm_smallest_group": SMALLEST_GROUP, "rfm_cut_shares": SHARES, "rfm_cut_point_shift": 0}
    compiled = compile_rfm(defaults | rules)
    assert compiled.success, compiled.exception
    connection = shop_of_views({result.node.name: result.node.compiled_code for result in compiled.result})

    def score_customers(customers: list[Customer]) -> list[tuple]:
        connection.execute("delete from entities.customers; delete from features.customer_purchases")
        for number, customer in enumerate(customers):
            connection.execute("insert into entities.customers values (?, ?)", [str(number), customer.country])
            row = [str(number), *customer.values().values()]
            connection.execute("insert into features.customer_purchases values (?, ?, ?, ?, null, null)", row)
        columns = "r_score, f_score, m_score, rfm_segment"
        return connection.execute(
            f"select {columns} from features.customer_rfm order by customer_id::integer"
        ).fetchall()

    return score_customers


def shop_of_views(compiled: dict[str, str]) -> duckdb.DuckDBPyConnection:
    """A database in memory where the compiled models are views on empty tables of customers."""
    connection = duckdb.connect()
    connection.execute("attach ':memory:' as shop; use shop; create schema entities; create schema features")
    connection.execute("create schema seeds; create table entities.customers (customer_id varchar, country varchar)")
    connection.execute(
        "create table features.customer_purchases (customer_id varchar, recency_days bigint, frequency bigint, "
        "monetary decimal(18, 2), first_ordered_at timestamp, last_ordered_at timestamp)"
    )
    cells = PROJECT / "seeds" / "rfm_segment_cells.csv"
    connection.execute(f"create table seeds.rfm_segment_cells as select * from read_csv('{cells}')")
    for name in RFM_MODELS:
        connection.execute(f"create view features.{name} as {compiled[name]}")
    return connection


def members_of_the_same_group(customer: Customer, customers: list[Customer], within: str) -> list[Customer]:
    group = [other for other in customers if other.country == customer.country]
    return group if within and len(group) >= SMALLEST_GROUP else customers


def expected_score(value: float, cut_points: list[float], closed_side: str) -> int:
    """The interval that holds the value, counted from 1: digitize closes intervals below, or above if `right`."""
    return int(np.digitize(value, cut_points, right=closed_side == "upper")) + 1


def expected_scores(customer: Customer, customers: list[Customer], rules: dict[str, Any]) -> tuple[int | None, ...]:
    scores: dict[str, int | None] = {}
    members = members_of_the_same_group(customer, customers, rules["rfm_within"])
    for measure, value in customer.values().items():
        if value is None:
            scores[measure] = None
            continue
        known = [member.values()[measure] for member in members if member.values()[measure] is not None]
        quantiles = np.quantile(known, SHARES, method=METHODS[rules["rfm_quantile_type"]]).round(6)
        cut_points = rules["rfm_cut_points"].get(measure, quantiles)
        scores[measure] = expected_score(value, cut_points, rules["rfm_closed_side"])
    return 6 - scores["recency"], scores["frequency"], scores["monetary"]


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(customers=CUSTOMERS)
def test_each_customer_has_the_scores_that_numpy_gives_and_one_segment(score, rules, customers) -> None:
    scored = score(customers)
    assert [row[:3] for row in scored] == [expected_scores(customer, customers, rules) for customer in customers]
    assert all(segment for *_, segment in scored)
