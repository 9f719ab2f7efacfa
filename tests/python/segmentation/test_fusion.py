from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from python_udfs.segmentation.clustering import at_center
from python_udfs.segmentation.columns import column_values
from python_udfs.segmentation.dimensions import columns_of, dimensions_table
from python_udfs.segmentation.fusion import fit_dimensions
from python_udfs.segmentation.labels import category_labels
from python_udfs.segmentation.transforms import transformed
from python_udfs.segmentation.vectors import to_vectors, vector_matrix


def by_feature(features: pa.Table, rules) -> dict:
    return {dimension.feature: dimension for dimension in fit_dimensions(features, rules)}


def place_of(feature: str, dimensions) -> int:
    (place,) = [dimension.position for dimension in dimensions if dimension.feature == feature]
    return place


def test_no_block_wins_by_having_more_columns(shop, fusion_rules, fused):
    matrix = at_center(fused(shop(), fusion_rules())[1])
    for block in (matrix[:, :2], matrix[:, 2:]):
        centered = block - block.mean(axis=0)
        assert np.linalg.svd(centered, compute_uv=False)[0] / np.sqrt(len(block)) == pytest.approx(1.0)


def test_a_weight_multiplies_its_block(shop, fusion_rules, fused):
    _, plain = fused(shop(), fusion_rules())
    _, louder = fused(shop(), fusion_rules(block_weights={"behaviour": 1.0, "voice": 2.0}))
    assert np.allclose(plain[:, :2], louder[:, :2])
    assert np.allclose(2 * plain[:, 2:], louder[:, 2:], equal_nan=True)


def test_a_block_of_no_weight_is_left_out_with_a_reason(shop, fusion_rules, fused):
    rules = fusion_rules(block_weights={"behaviour": 1.0, "voice": 0.0})
    assert by_feature(shop(), rules)["review_count"].dropped_reason == "the weight of its block is 0"
    assert fused(shop(), rules)[1].shape == (500, 2)


def test_a_feature_of_no_weight_is_left_out_with_a_reason_and_moves_nothing(shop, fusion_rules, fused):
    rules = fusion_rules(feature_weights={"review_count": 0.0})
    assert by_feature(shop(), rules)["review_count"].dropped_reason == "its weight is 0"
    dimensions, vectors = fused(shop(), rules)
    assert "review_count" not in {dimension.feature for dimension in dimensions if dimension.position is not None}
    assert np.isfinite(vectors[~np.isnan(vectors)]).all()


def test_only_a_long_tail_is_transformed(shop, fusion_rules):
    fitted = by_feature(shop(), fusion_rules())
    assert fitted["monetary"].transform == "log1p"
    assert fitted["average_sentiment"].transform == "identity"


# A power is chosen from all values, so that an odd one bends it a little; winsorising alone hardly notices.
@pytest.mark.parametrize(("skew_limit", "largest_move"), [(1.0, 0.1), (1e9, 0.03)])
def test_one_odd_customer_hardly_moves_the_others(shop, fusion_rules, fused, skew_limit, largest_move):
    odd = shop(monetary=[1e12, *shop().column("monetary").to_pylist()[1:]])
    rules = fusion_rules(skew_limit=skew_limit)
    before, after = (fused(features, rules)[1][:, 1] for features in (shop(), odd))
    assert np.abs(after[1:] - before[1:]).mean() < largest_move * before.std()
    assert after[0] == after.max()


def test_nobody_is_farther_out_than_the_quantiles(shop, fusion_rules, fused):
    dimensions, matrix = fused(shop(), fusion_rules(lower_quantile=0.1, upper_quantile=0.9))
    monetary = dimensions[place_of("monetary", dimensions)]
    values = np.log1p(shop().column("monetary").to_numpy())
    (lower, upper) = np.quantile(values, [0.1, 0.9], method="inverted_cdf")
    assert (monetary.lower, monetary.upper) == (lower, upper)
    clipped = np.clip(values, lower, upper)
    expected = (clipped - clipped.mean()) / clipped.std() * monetary.weight
    assert matrix[:, monetary.position] == pytest.approx(expected)


def test_the_voice_of_a_customer_without_reviews_is_unknown(shop, fusion_rules, fused):
    dimensions, matrix = fused(shop(), fusion_rules())
    silent = shop().column("review_count").to_numpy() == 0
    assert np.array_equal(np.isnan(matrix[:, place_of("average_sentiment", dimensions)]), silent)
    assert not np.isnan(matrix[:, place_of("review_count", dimensions)]).any()


def test_what_is_unknown_is_null_in_the_warehouse(shop, fusion_rules, fused):
    dimensions, matrix = fused(shop(), fusion_rules())
    (batch,) = shop().combine_chunks().to_batches()
    vectors = to_vectors(dimensions)(batch).column("vector")
    assert vectors.null_count == 0
    assert vectors.flatten().null_count == np.isnan(matrix).sum() > 0
    assert not np.isnan(vectors.flatten().drop_null().to_numpy()).any()


def test_a_weight_of_its_own_multiplies_a_feature_and_moves_no_other(shop, fusion_rules, fused):
    dimensions, plain = fused(shop(), fusion_rules())
    _, quieter = fused(shop(), fusion_rules(feature_weights={"monetary": 0.7}))
    money = place_of("monetary", dimensions)
    expected = plain * np.where(np.arange(plain.shape[1]) == money, 0.7, 1.0)
    assert np.allclose(quieter, expected, equal_nan=True)


def test_a_rate_says_how_much_of_it_is_chance_and_others_are_taken_at_their_word(shop, fusion_rules):
    generator = np.random.default_rng(3)
    orders = generator.integers(2, 6, 500)
    rules = fusion_rules(features={"behaviour": ["monetary", "return_rate"]}, rates={"return_rate": "order_count"})
    features = shop(order_count=orders, return_rate=generator.binomial(orders, 0.2) / orders)
    fitted = by_feature(features, rules)
    assert fitted["return_rate"].noise_share > 0.8
    assert fitted["monetary"].noise_share == 0.0
    assert fit_dimensions(features.select(rules.columns), rules) == fit_dimensions(features, rules)


def test_a_rate_that_is_all_chance_is_left_out(shop, fusion_rules):
    generator = np.random.default_rng(4)
    orders = generator.integers(2, 6, 500)
    cancelling = np.where(np.arange(500) % 5 == 0, 0.9, 0.05)
    features = shop(
        order_count=orders,
        return_rate=generator.binomial(orders, 0.2) / orders,
        cancellation_rate=generator.binomial(orders, cancelling) / orders,
    )
    rates = ["return_rate", "cancellation_rate"]
    rules = fusion_rules(
        features={"behaviour": ["monetary", *rates]},
        rates=dict.fromkeys(rates, "order_count"),
        smallest_reliability=0.1,
    )
    fitted = by_feature(features, rules)
    assert {name: dimension.dropped_reason for name, dimension in fitted.items()} == {
        "monetary": None,
        "return_rate": "customers differ in it hardly more than by chance",
        "cancellation_rate": None,
    }
    assert by_feature(features, replace(rules, smallest_reliability=0.0))["return_rate"].dropped_reason is None


def test_a_rate_of_which_nearly_all_have_one_observation_is_left_out_unless_it_is_clearly_more_than_chance(
    shop, fusion_rules
):
    rules = fusion_rules(features={"behaviour": ["return_rate"]}, rates={"return_rate": "order_count"})
    dropped = []
    for seed in range(20):
        generator = np.random.default_rng([6, seed])
        orders = generator.geometric(0.95, 4000)
        features = shop(4000, order_count=orders, return_rate=generator.binomial(orders, 0.1) / orders)
        dropped.append(by_feature(features, rules)["return_rate"].dropped_reason is not None)
    assert sum(dropped) >= 18


def told_once_or_often() -> pa.Table:
    return pa.table(
        {
            "customer_id": ["a", "b", "c", "d"],
            "frequency": [1, 2, 3, 4],
            "monetary": [1.0, 2.0, 3.0, 4.0],
            "average_sentiment": [1.0, 1.0, -1.0, -1.0],
            "review_count": [1, 9, 1, 9],
            "category_line_count": [0] * 4,
        }
    )


def test_few_reviews_count_less_than_many(fusion_rules, fused):
    dimensions, matrix = fused(told_once_or_often(), fusion_rules())
    once, often = matrix[:2, place_of("average_sentiment", dimensions)]
    assert once == pytest.approx(often * 0.5 / 0.9)


def test_how_much_somebody_reviews_is_not_shrunk_itself(fusion_rules):
    assert by_feature(told_once_or_often(), fusion_rules())["review_count"].counted_by is None


def test_with_no_reviews_needed_one_review_counts_in_full_and_none_still_not(shop, fusion_rules, fused):
    dimensions, matrix = fused(shop(), fusion_rules(reviews_until_half=0.0))
    (sentiment,) = [dimension for dimension in dimensions if dimension.feature == "average_sentiment"]
    values = shop().column("average_sentiment").to_numpy()
    expected = (np.clip(values, sentiment.lower, sentiment.upper) - sentiment.center) / sentiment.scale
    assert matrix[:, sentiment.position] == pytest.approx(expected * sentiment.weight, nan_ok=True)


NEARLY_UNKNOWN = [None] * 490 + [float(number) for number in range(10)]


@pytest.mark.parametrize(
    ("feature", "values", "reason"),
    [
        ("monetary", [7.0] * 500, "the same for nearly all customers"),
        ("monetary", [0.1] * 500, "the same for nearly all customers"),
        ("monetary", [0.0] * 499 + [9.0], "the same for nearly all customers"),
        ("frequency", [1] * 500, "the same for nearly all customers"),
        ("monetary", NEARLY_UNKNOWN, "known for too few customers"),
        ("monetary", [None] * 500, "known for too few customers"),
        ("average_sentiment", [None] * 500, "known for too few customers"),
        ("review_count", [0] * 500, "the same for nearly all customers"),
    ],
)
def test_a_feature_that_tells_nothing_is_left_out_with_a_reason(shop, fusion_rules, fused, feature, values, reason):
    features = shop(**{feature: pa.array(values, pa.float64())})
    dropped = by_feature(features, fusion_rules())[feature]
    assert (dropped.position, dropped.dropped_reason) == (None, reason)
    _, matrix = fused(features, fusion_rules())
    assert matrix.shape[1] == 3 or feature == "review_count"
    assert np.isfinite(at_center(matrix)).all()


def test_a_feature_known_to_nobody_is_left_out_even_if_any_share_would_do(shop, fusion_rules):
    features = shop(monetary=pa.nulls(500, pa.float64()))
    dropped = by_feature(features, fusion_rules(smallest_share_known=0.0))["monetary"]
    assert dropped.dropped_reason == "known for too few customers"


def test_a_shop_in_which_nobody_wrote_is_segmented_by_behaviour_alone(shop, fusion_rules, fused):
    features = shop(average_sentiment=pa.nulls(500, pa.float64()), review_count=[0] * 500)
    assert fused(features, fusion_rules())[1].shape == (500, 2)


def test_customers_who_cannot_be_told_apart_all_sit_at_one_point(shop, fusion_rules, fused):
    same = dict.fromkeys(("frequency", "monetary", "average_sentiment", "review_count"), [1.0] * 30)
    assert np.array_equal(fused(shop(30, **same), fusion_rules())[1], np.zeros((30, 1)))


def test_a_shop_without_customers_has_no_dimensions(shop, fusion_rules):
    fitted = fit_dimensions(shop().slice(0, 0), fusion_rules())
    assert [dimension.position for dimension in fitted] == [None] * 4
    assert {dimension.dropped_reason for dimension in fitted} == {"known for too few customers"}


def test_used_dimensions_are_numbered_without_gaps_and_every_feature_is_told(shop, fusion_rules):
    fitted = fit_dimensions(shop(frequency=[1] * 500), fusion_rules())
    assert [dimension.feature for dimension in fitted] == ["frequency", "monetary", "average_sentiment", "review_count"]
    assert [dimension.position for dimension in fitted] == [None, 0, 1, 2]


def test_no_figure_of_a_dimension_is_not_a_number(shop, fusion_rules):
    features = shop(monetary=pa.nulls(500, pa.float64()), frequency=[1] * 500)
    for row in dimensions_table(fit_dimensions(features, fusion_rules(indicator_weight=0.5))).to_pylist():
        assert all(np.isfinite(value) for value in row.values() if isinstance(value, float))


def test_a_dimension_is_called_what_its_feature_is_called(shop, fusion_rules):
    labels = category_labels(pa.table({"category": ["Books", "Toys"], "category_rank": [1, 2]}))
    assert labels == {"category_1_share": "share of Books", "category_2_share": "share of Toys"}
    fitted = fit_dimensions(shop(), fusion_rules(), {"monetary": "money spent"})
    assert [dimension.label for dimension in fitted] == [
        "frequency",
        "money spent",
        "average_sentiment",
        "review_count",
    ]


def test_a_fit_reads_no_more_columns_than_it_says(shop, fusion_rules):
    rules = fusion_rules()
    assert fit_dimensions(shop().select(rules.columns), rules) == fit_dimensions(shop(), rules)


def test_vectors_need_no_more_columns_than_the_dimensions_say(shop, fusion_rules, fused):
    dimensions, matrix = fused(shop(), fusion_rules(features={"voice": ["average_sentiment"]}))
    assert columns_of(dimensions) == ["customer_id", "average_sentiment", "review_count"]
    (batch,) = shop().select(columns_of(dimensions)).combine_chunks().to_batches()
    assert np.array_equal(vector_matrix(to_vectors(dimensions)(batch)), matrix, equal_nan=True)


def test_the_order_of_rows_changes_nothing_after_sorting_by_key(shop, fusion_rules, fused):
    shuffled = shop().take(pa.array(np.random.default_rng(1).permutation(500))).sort_by("customer_id")
    assert np.array_equal(fused(shop(), fusion_rules())[1], fused(shuffled, fusion_rules())[1], equal_nan=True)


def test_a_customer_outside_the_sample_with_less_than_nobody_there_counts_as_the_least(shop, fusion_rules, fused):
    dimensions, _ = fused(shop(), fusion_rules())
    (batch,) = shop(monetary=[-50.0, -1.0, 0.0] + [1.0] * 497).combine_chunks().to_batches()
    money = vector_matrix(to_vectors(dimensions)(batch))[:3, place_of("monetary", dimensions)]
    assert money[0] == money[1] == money[2] < 0


# More than decimal(18, 2) can hold.
AMOUNTS = st.lists(st.one_of(st.none(), st.floats(-1e17, 1e17)), min_size=1, max_size=60)


@given(AMOUNTS, st.sampled_from([0.0, 0.5]), st.sampled_from([0.0, 1.0]))
def test_whatever_the_values_a_coordinate_is_finite_or_unknown(
    shop, fusion_rules, fused, values, indicator_weight, reviews_until_half
):
    column = pa.array(values, pa.float64())
    features = shop(len(values), monetary=column, average_sentiment=column)
    rules = fusion_rules(
        indicator_weight=indicator_weight, reviews_until_half=reviews_until_half, smallest_share_known=0.0
    )
    dimensions, matrix = fused(features, rules)
    for dimension in dimensions:
        silent = np.isnan(column_values(features, dimension.feature)) & (dimension.transform != "is_unknown")
        if dimension.counted_by:
            silent |= column_values(features, dimension.counted_by) == 0
        assert np.array_equal(np.isnan(matrix[:, dimension.position]), silent)
    assert np.isfinite(at_center(matrix)).all()


@given(st.lists(st.floats(0, 1e17), min_size=3, max_size=60))
def test_a_coordinate_is_the_transformed_value_between_its_bounds(shop, fusion_rules, fused, values):
    features = shop(len(values), monetary=values)
    dimensions, matrix = fused(features, fusion_rules(features={"behaviour": ["monetary"]}))
    for dimension in dimensions:
        told = np.clip(
            transformed(np.array(values), dimension.transform, dimension.power), dimension.lower, dimension.upper
        )
        assert matrix[:, 0] * dimension.scale / dimension.weight + dimension.center == pytest.approx(
            told, abs=1e-9 * np.abs(told).max()
        )


def test_an_empty_batch_gives_an_empty_batch(shop, fusion_rules, fused):
    dimensions, _ = fused(shop(), fusion_rules())
    (batch,) = shop().combine_chunks().to_batches()
    assert to_vectors(dimensions)(batch.slice(0, 0)).num_rows == 0


def test_what_no_feature_of_another_kind_foretells_is_noise(shop, fusion_rules):
    generator = np.random.default_rng(7)
    kind = generator.integers(0, 2, 500)
    features = shop(monetary=20 + 60 * kind + 5.0 * generator.random(500), view_count=9 * kind + generator.random(500))
    rules = fusion_rules(features={"behaviour": ["frequency", "monetary", "view_count"]}, unforetold_noise=0.8)
    fitted = by_feature(features, rules)
    assert fitted["frequency"].noise_share == pytest.approx(0.8, abs=0.05)
    assert fitted["monetary"].noise_share == pytest.approx(0.0, abs=0.05)
    assert fitted["view_count"].noise_share == pytest.approx(0.0, abs=0.05)
    alike = by_feature(features, replace(rules, alike=[["monetary", "view_count"]]))
    assert alike["monetary"].noise_share == pytest.approx(0.8, abs=0.05)


def test_reviews_foretell_nothing_of_the_same_reviews(shop, fusion_rules):
    features = {"behaviour": ["monetary"], "voice": ["average_sentiment", "last_sentiment", "review_count"]}
    sentiment = shop().column("average_sentiment")
    rules = fusion_rules(features=features, unforetold_noise=0.8)
    fitted = by_feature(shop(last_sentiment=sentiment), rules)
    assert fitted["last_sentiment"].noise_share > 0.7


def test_that_reviews_are_unknown_foretells_nothing_of_reviews(shop, fusion_rules):
    features = {"behaviour": ["monetary"], "voice": ["average_sentiment"]}
    fitted = fit_dimensions(shop(), fusion_rules(features=features, unforetold_noise=0.8, indicator_weight=1.0))
    assert [dimension.label for dimension in fitted][1:] == ["average_sentiment", "average_sentiment is unknown"]
    assert min(dimension.noise_share for dimension in fitted) > 0.7


def test_chance_beyond_what_is_unforetold_stands(shop, fusion_rules):
    generator = np.random.default_rng(3)
    orders = generator.integers(2, 6, 500)
    rules = fusion_rules(
        features={"behaviour": ["frequency", "monetary", "return_rate"]}, rates={"return_rate": "order_count"}
    )
    features = shop(order_count=orders, return_rate=generator.binomial(orders, 0.2) / orders)
    by_chance = by_feature(features, rules)["return_rate"].noise_share
    fitted = by_feature(features, replace(rules, unforetold_noise=0.5))
    assert fitted["return_rate"].noise_share == by_chance > 0.5
    assert fitted["monetary"].noise_share == pytest.approx(0.5, abs=0.05)
