from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import ks_2samp

from python_udfs.demo_shop.personas import PERSONAS, Persona
from python_udfs.demo_shop.tables import DemoShop
from tests.python.demo_shop.conftest import rows

BY_NAME = {persona.name: persona for persona in PERSONAS}
RFM_TWINS = [("champions", "loyal_but_furious"), ("lapsed_but_content", "lapsed_and_let_down")]
VOICE_TWINS = [("champions", "newcomers"), ("bargain_hunters", "size_samplers")]


def _members(shop: DemoShop, persona: str) -> set[str]:
    return {customer for customer, name in shop.personas.items() if name == persona}


def _rfm(shop: DemoShop, persona: str) -> dict[str, list[float]]:
    """Recency (days before the last order of all), frequency and monetary of the members, from completed orders."""
    orders = defaultdict(list)
    members = _members(shop, persona)
    for order in shop.orders:
        if order.customer_id in members and order.order_status == "completed":
            orders[order.customer_id].append(order)
    end = max(order.ordered_at for order in shop.orders)
    return {
        "recency": [(end - max(order.ordered_at for order in of_one)).days for of_one in orders.values()],
        "frequency": [len(of_one) for of_one in orders.values()],
        "monetary": [sum(order.net_amount for order in of_one) for of_one in orders.values()],
    }


def _ratings(shop: DemoShop, persona: str) -> list[float]:
    """Each writing member's mean stars."""
    members = _members(shop, persona)
    stars = defaultdict(list)
    for review in shop.reviews:
        if review.customer_id in members:
            stars[review.customer_id].append(review.rating)
    return [float(np.mean(of_one)) for of_one in stars.values()]


def test_shares_add_up_to_one():
    assert sum(persona.share for persona in PERSONAS) == pytest.approx(1)


@pytest.mark.parametrize("persona", PERSONAS, ids=lambda persona: persona.name)
def test_every_persona_has_its_share_of_customers(shop: DemoShop, persona: Persona):
    assert Counter(shop.personas.values())[persona.name] == pytest.approx(persona.share * len(shop.personas), abs=1)


def test_the_truth_covers_exactly_the_customers(written: Path):
    customers = [row[0] for row in rows(written / "demo" / "customers.csv")[1:]]
    truth = rows(written / "demo_personas.csv")
    assert truth[0] == ["customer_id", "persona"]
    assert sorted(row[0] for row in truth[1:]) == sorted(customers)
    assert len(set(customers)) == len(customers)
    assert {row[1] for row in truth[1:]} == BY_NAME.keys()


def test_the_key_of_a_customer_says_nothing_about_the_persona(shop: DemoShop):
    for persona in BY_NAME:
        middle = np.mean([int(customer[1:]) for customer in _members(shop, persona)])
        assert middle == pytest.approx(len(shop.personas) / 2, rel=0.2)


@pytest.mark.parametrize(("one", "other"), RFM_TWINS)
def test_rfm_twins_are_made_of_the_same_buying_and_habits(one: str, other: str):
    assert BY_NAME[one].buying is BY_NAME[other].buying
    assert BY_NAME[one].habits is BY_NAME[other].habits


@pytest.mark.parametrize(("one", "other"), RFM_TWINS)
def test_rfm_twins_have_the_same_rfm_but_other_ratings(shop: DemoShop, one: str, other: str):
    here, there = _rfm(shop, one), _rfm(shop, other)
    for measure in here:
        assert ks_2samp(here[measure], there[measure]).pvalue > 0.001, measure
    assert abs(np.mean(_ratings(shop, one)) - np.mean(_ratings(shop, other))) > 2


@pytest.mark.parametrize(("one", "other"), VOICE_TWINS)
def test_voice_twins_have_the_same_ratings_but_another_rfm(shop: DemoShop, one: str, other: str):
    assert BY_NAME[one].voice is BY_NAME[other].voice
    assert abs(np.mean(_ratings(shop, one)) - np.mean(_ratings(shop, other))) < 0.25
    here, there = _rfm(shop, one), _rfm(shop, other)
    assert min(ks_2samp(here[measure], there[measure]).pvalue for measure in here) < 1e-6


@pytest.mark.parametrize("persona", PERSONAS, ids=lambda persona: persona.name)
def test_every_persona_has_members_who_write_and_members_who_do_not(shop: DemoShop, persona: Persona):
    members = _members(shop, persona.name)
    writing = {review.customer_id for review in shop.reviews} & members
    assert 0 < len(writing) < len(members)


@pytest.mark.parametrize("persona", [p for pair in RFM_TWINS for p in pair])
def test_personas_known_by_their_voice_mostly_write_more_than_once(shop: DemoShop, persona: str):
    written = Counter(review.customer_id for review in shop.reviews)
    members = _members(shop, persona)
    assert sum(written[member] > 1 for member in members) > 0.7 * len(members)
