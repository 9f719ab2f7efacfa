from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pytest

from python_udfs.segmentation.fusion import fit_dimensions

SHARES = [f"category_{rank}_share" for rank in range(1, 5)]
CHANCE = "customers differ in it hardly more than by chance"


@pytest.fixture
def taste_rules(fusion_rules):
    def made(**changes):
        return fusion_rules(**{"features": {"taste": SHARES}, "block_weights": {"taste": 1.0}, **changes})

    return made


def buyers(lines_of: np.ndarray) -> pa.Table:
    """Customers with so many order lines in each category, (n, 4); nobody knows the taste of who bought nothing."""
    bought = lines_of.sum(axis=1)
    shares = np.divide(lines_of, bought[:, None], out=np.full(lines_of.shape, np.nan), where=bought[:, None] > 0)
    columns = {name: pa.array(share, from_pandas=True) for name, share in zip(SHARES, shares.T, strict=True)}
    keys = [f"c{number:04d}" for number in range(len(bought))]
    return pa.table({"customer_id": keys, "review_count": [0] * len(bought), "category_line_count": bought, **columns})


def drawn(seed: int, tastes: float | None, customers: int = 600) -> pa.Table:
    """Lines drawn from everybody's own taste, the more alike the larger `tastes`; from the shop's where it is None."""
    generator = np.random.default_rng(seed)
    shop = generator.dirichlet(np.full(4, 4.0))
    own = np.tile(shop, (customers, 1)) if tastes is None else generator.dirichlet(shop * tastes, customers)
    return buyers(generator.multinomial(1 + generator.poisson(3, customers), own).astype(float))


def reasons(features: pa.Table, rules) -> set[str | None]:
    return {dimension.dropped_reason for dimension in fit_dimensions(features, rules)}


@pytest.mark.parametrize("seed", range(10))
def test_categories_drawn_by_lot_are_no_taste(taste_rules, seed):
    assert reasons(drawn(seed, tastes=None), taste_rules()) == {CHANCE}


@pytest.mark.parametrize("seed", range(10))
def test_real_tastes_are_kept(taste_rules, seed):
    assert reasons(drawn(seed, tastes=2.0), taste_rules()) == {None}


def test_what_counts_as_chance_is_told_by_the_rules(taste_rules):
    assert reasons(drawn(1, tastes=2.0), taste_rules(smallest_reliability=0.99)) == {CHANCE}


def hellinger(one: Sequence[float], other: Sequence[float]) -> float:
    """Without the factor of 1 / sqrt(2) that brings it below 1."""
    return float(np.linalg.norm(np.sqrt(one) - np.sqrt(other)))


def test_customers_are_as_far_apart_as_their_shares_by_hellinger(taste_rules, fused):
    features = drawn(3, tastes=2.0)
    dimensions, matrix = fused(features, taste_rules(lines_until_half=0.0))
    shares = np.column_stack([features.column(name).to_numpy() for name in SHARES])
    (weight,) = {dimension.weight for dimension in dimensions}
    for one, other in ((0, 1), (5, 99), (30, 31)):
        assert np.linalg.norm(matrix[one] - matrix[other]) / weight == pytest.approx(
            hellinger(shares[one], shares[other])
        )


def test_few_lines_are_mostly_the_shops_taste(taste_rules, fused):
    lines = np.vstack([[[1, 0, 0, 0], [12, 0, 0, 0], [0, 0, 0, 0]], np.eye(4) * 5, np.eye(4) * 7]).astype(float)
    features = buyers(lines)
    dimensions, matrix = fused(features, taste_rules(lines_until_half=2.0))
    shares = np.column_stack([features.column(name).to_numpy() for name in SHARES])
    shop = np.nanmean(shares, axis=0)
    # One line against two of the shop's, twelve against two.
    for customer, own in ((0, 1 / 3), (1, 12 / 14)):
        shrunk = own * shares[customer] + (1 - own) * shop
        expected = [(np.sqrt(s) - d.center) * d.weight for s, d in zip(shrunk, dimensions, strict=True)]
        assert matrix[customer] == pytest.approx(expected)
    assert np.isnan(matrix[2]).all()


def test_taste_weighs_as_much_as_any_block(taste_rules, fused):
    _, matrix = fused(drawn(3, tastes=2.0), taste_rules(block_weights={"taste": 0.7}))
    centered = matrix - matrix.mean(axis=0)
    assert np.linalg.svd(centered, compute_uv=False)[0] / np.sqrt(len(matrix)) == pytest.approx(0.7)


def test_a_category_that_nobody_bought_is_left_out_alone(taste_rules):
    lines = np.random.default_rng(0).multinomial(5, [1 / 3] * 3, 200) * np.eye(3)[np.arange(200) % 3] + 1.0
    fitted = fit_dimensions(buyers(np.column_stack([lines, np.zeros(200)])), taste_rules(smallest_reliability=0.0))
    assert [dimension.dropped_reason for dimension in fitted] == [None] * 3 + ["the same for nearly all customers"]
    assert [dimension.position for dimension in fitted] == [0, 1, 2, None]


@pytest.mark.parametrize("lines", [np.zeros((50, 4)), np.tile([2.0, 1, 1, 0], (50, 1)), np.zeros((0, 4))])
def test_where_nobody_bought_or_all_bought_the_same_there_is_no_taste(taste_rules, fused, lines):
    fitted = fit_dimensions(buyers(lines), taste_rules(smallest_reliability=0.0, lines_until_half=0.0))
    assert all(dimension.dropped_reason for dimension in fitted)
    assert all(np.isfinite([d.center, d.scale, d.weight]).all() for d in fitted)


def test_a_place_that_no_category_takes_is_left_out_because_there_is_none(taste_rules):
    features = drawn(1, tastes=2.0)
    place = features.schema.get_field_index(SHARES[3])
    features = features.set_column(place, SHARES[3], pa.nulls(len(features), pa.float64()))
    fitted = fit_dimensions(features, taste_rules())
    assert [dimension.dropped_reason for dimension in fitted] == [None] * 3 + ["the shop has no such category"]


def test_a_taste_known_to_too_few_is_left_out_and_says_so(taste_rules):
    lines = np.vstack([np.eye(4) * 5, np.zeros((200, 4))])
    assert reasons(buyers(lines), taste_rules()) == {"known for too few customers"}


def test_without_a_weight_taste_is_left_out(taste_rules):
    assert reasons(drawn(1, 2.0), taste_rules(block_weights={"taste": 0.0})) == {"the weight of its block is 0"}
