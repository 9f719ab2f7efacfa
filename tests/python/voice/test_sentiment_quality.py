import numpy as np
import pyarrow as pa
import pytest

from python_udfs.voice.sentiment_quality import ALL, SENTIMENT_QUALITY, sentiment_quality


def scored(count: int, seed: int = 1, language: str = "en", method: str = "learned") -> pa.Table:
    """Reviews that are praise as often as their probability says."""
    random = np.random.default_rng(seed)
    probability = random.random(count)
    praise = random.random(count) < probability
    return pa.table(
        {
            "review_id": [f"{language}{number:05}" for number in range(count)],
            "language": [language] * count,
            "rating": np.where(praise, 5.0, 1.0),
            "sentiment": 2 * probability - 1,
            "positive_probability": probability,
            "sentiment_method": [method] * count,
        }
    )


def rows_of(table: pa.Table, language: str, method: str = ALL) -> list[dict[str, object]]:
    return [row for row in table.to_pylist() if (row["language"], row["sentiment_method"]) == (language, method)]


def test_probabilities_that_hold_lie_on_the_diagonal_of_the_reliability_table() -> None:
    table = sentiment_quality(scored(20_000), bins=10, fewest_of_each_kind=30)
    assert table.schema == SENTIMENT_QUALITY
    whole, *in_bins = rows_of(table, "en")
    assert [row["bin"] for row in in_bins] == list(range(10))
    for row in in_bins:
        assert row["predicted_positive_share"] == pytest.approx(row["observed_positive_share"], abs=0.04)
    assert whole["calibration_error"] < 0.02
    assert whole["area_under_curve"] == pytest.approx(5 / 6, abs=0.01)
    assert sum(row["reviews"] for row in in_bins) == whole["reviews"] == 20_000


def test_probabilities_that_are_too_timid_show() -> None:
    timid = scored(5_000)
    probability = 0.5 + (timid["positive_probability"].to_numpy() - 0.5) / 3
    column = timid.schema.get_field_index("positive_probability")
    table = sentiment_quality(timid.set_column(column, "positive_probability", pa.array(probability)), 10, 30)
    assert rows_of(table, "en")[0]["calibration_error"] > 0.1


def test_each_language_and_method_has_figures_of_its_own_and_all_have_some_together() -> None:
    both = pa.concat_tables([scored(300), scored(200, 2, "zh", "anchors")])
    table = sentiment_quality(both, bins=5, fewest_of_each_kind=30)
    groups = dict.fromkeys((row["language"], row["sentiment_method"]) for row in table.to_pylist())
    assert list(groups) == [(ALL, ALL), ("en", ALL), ("zh", ALL), ("en", "learned"), ("zh", "anchors")]
    assert rows_of(table, ALL)[0]["reviews"] == 500


def test_three_stars_count_for_the_correlation_alone() -> None:
    table = scored(1_000)
    middling = pa.array(np.where(np.arange(1_000) % 4 == 0, 3.0, table["rating"].to_numpy()))
    figures = sentiment_quality(table.set_column(table.schema.get_field_index("rating"), "rating", middling), 10, 30)
    whole, *in_bins = rows_of(figures, "en")
    assert whole["reviews"] == 1_000
    assert whole["praise_count"] + whole["complaint_count"] == sum(row["reviews"] for row in in_bins) == 750


def test_too_few_of_one_kind_have_counts_but_no_figures() -> None:
    whole = rows_of(sentiment_quality(scored(40), 10, 30), "en")[0]
    assert whole["reviews"] == 40
    assert whole["area_under_curve"] is None
    assert whole["calibration_error"] is None


def test_no_reviews_have_one_row_without_figures() -> None:
    table = sentiment_quality(scored(5).slice(0, 0), 10, 30)
    assert table.to_pylist()[0]["reviews"] == 0
    assert len(table) == 1
