import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from python_udfs.segmentation.blocks import FusionRules
from python_udfs.segmentation.dimensions import dimensions_from, dimensions_table, fit_dimensions
from python_udfs.segmentation.vectors import to_vectors, vector_matrix


def rules(**changes) -> FusionRules:
    values = {
        "features": {"behaviour": ["frequency", "monetary"], "voice": ["average_sentiment", "review_count"]},
        "block_weights": {"behaviour": 1.0, "voice": 1.0},
        "lower_quantile": 0.01,
        "upper_quantile": 0.99,
        "skew_limit": 1.0,
        "reviews_until_half": 1.0,
        "smallest_share_known": 0.05,
    }
    return FusionRules(**{**values, **changes})


def shop(customers: int = 500, seed: int = 0) -> pa.Table:
    generator = np.random.default_rng(seed)
    reviews = generator.poisson(1.5, customers)
    sentiment = np.where(reviews > 0, generator.normal(0.2, 0.5, customers).clip(-1, 1), np.nan)
    return pa.table(
        {
            "customer_id": [f"c{number:04d}" for number in range(customers)],
            "frequency": generator.poisson(3, customers) + 1,
            "monetary": generator.lognormal(4, 1.5, customers),
            "average_sentiment": pa.array(sentiment, from_pandas=True),
            "review_count": reviews,
        }
    )


def vectors(features: pa.Table, fusion: FusionRules) -> np.ndarray:
    dimensions = dimensions_from(dimensions_table(fit_dimensions(features, fusion)))
    (batch,) = features.combine_chunks().to_batches()
    return vector_matrix(to_vectors(dimensions)(batch))


def by_feature(features: pa.Table, fusion: FusionRules) -> dict:
    return {dimension.feature: dimension for dimension in fit_dimensions(features, fusion)}


def test_no_block_wins_by_having_more_columns():
    matrix = vectors(shop(), rules())
    for block in (matrix[:, :2], matrix[:, 2:]):
        centered = block - block.mean(axis=0)
        assert np.linalg.svd(centered, compute_uv=False)[0] / np.sqrt(len(block)) == pytest.approx(1.0)


def test_a_weight_multiplies_its_block():
    plain, louder = vectors(shop(), rules()), vectors(shop(), rules(block_weights={"behaviour": 1.0, "voice": 2.0}))
    assert np.allclose(plain[:, :2], louder[:, :2])
    assert np.allclose(2 * plain[:, 2:], louder[:, 2:])


def test_only_a_long_tail_goes_through_the_logarithm():
    fitted = by_feature(shop(), rules())
    assert fitted["monetary"].transform == "log1p"
    assert fitted["average_sentiment"].transform == "identity"


def test_one_odd_customer_does_not_move_the_centre():
    usual = shop()
    odd = usual.set_column(2, "monetary", pa.array([1e12, *usual.column("monetary").to_pylist()[1:]]))
    assert by_feature(odd, rules())["monetary"].center == pytest.approx(
        by_feature(usual, rules())["monetary"].center, rel=0.01
    )


def test_a_customer_without_reviews_sits_at_the_centre_of_the_voice():
    features = shop()
    silent = np.array(features.column("review_count").to_pylist()) == 0
    dimensions = dimensions_from(dimensions_table(fit_dimensions(features, rules())))
    place = next(d.position for d in dimensions if d.feature == "average_sentiment")
    assert np.all(vectors(features, rules())[silent, place] == 0)


def test_few_reviews_count_less_than_many():
    table = pa.table(
        {
            "customer_id": ["a", "b", "c", "d"],
            "frequency": [1, 2, 3, 4],
            "monetary": [1.0, 2.0, 3.0, 4.0],
            "average_sentiment": [1.0, 1.0, -1.0, -1.0],
            "review_count": [1, 9, 1, 9],
        }
    )
    place = next(
        d.position
        for d in dimensions_from(dimensions_table(fit_dimensions(table, rules())))
        if d.feature == "average_sentiment"
    )
    once, often = vectors(table, rules())[:2, place]
    assert once == pytest.approx(often * 0.5 / 0.9)


@pytest.mark.parametrize(
    ("values", "reason"),
    [([7.0] * 500, "the same for nearly all customers"), ([None] * 490 + [1.0] * 10, "known for too few customers")],
)
def test_a_feature_that_tells_nothing_is_left_out_with_a_reason(values, reason):
    features = shop().set_column(2, "monetary", pa.array(values, pa.float64()))
    dropped = by_feature(features, rules())["monetary"]
    assert (dropped.position, dropped.dropped_reason) == (None, reason)
    assert vectors(features, rules()).shape == (500, 3)


def test_a_shop_in_which_nobody_wrote_is_segmented_by_behaviour_alone():
    features = shop().set_column(3, "average_sentiment", pa.nulls(500, pa.float64()))
    features = features.set_column(4, "review_count", pa.array([0] * 500))
    assert vectors(features, rules()).shape == (500, 2)


def test_customers_who_cannot_be_told_apart_all_sit_at_one_point():
    features = pa.table(
        {name: pa.array([1.0] * 30) for name in ("frequency", "monetary", "average_sentiment", "review_count")}
    )
    features = features.add_column(0, "customer_id", pa.array([str(number) for number in range(30)]))
    assert np.array_equal(vectors(features, rules()), np.zeros((30, 1)))


def test_the_order_of_rows_changes_nothing_after_sorting_by_key():
    features = shop()
    shuffled = features.take(pa.array(np.random.default_rng(1).permutation(500))).sort_by("customer_id")
    assert np.array_equal(vectors(features, rules()), vectors(shuffled, rules()))


@given(st.lists(st.one_of(st.none(), st.floats(-1e9, 1e9)), min_size=1, max_size=60))
def test_whatever_the_values_no_vector_holds_a_nan(values):
    features = pa.table(
        {
            "customer_id": [f"{number:03d}" for number in range(len(values))],
            "frequency": pa.array([1] * len(values)),
            "monetary": pa.array(values, pa.float64()),
            "average_sentiment": pa.array(values, pa.float64()),
            "review_count": pa.array([1] * len(values)),
        }
    )
    assert np.isfinite(vectors(features, rules(smallest_share_known=0.0))).all()


def test_an_empty_batch_gives_an_empty_batch():
    features = shop()
    dimensions = dimensions_from(dimensions_table(fit_dimensions(features, rules())))
    (batch,) = features.combine_chunks().to_batches()
    assert to_vectors(dimensions)(batch.slice(0, 0)).num_rows == 0
