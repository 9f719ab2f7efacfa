import math
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest
from sklearn.metrics import homogeneity_score

from python_udfs.ablation.figures import FIGURES_SCHEMA, AblationRules
from python_udfs.ablation.planted_truth import compare_on_planted_truth
from python_udfs.ablation.segmentations import SEGMENTATIONS
from python_udfs.ablation.segments_of import SegmentRules, segments_of
from python_udfs.ablation.time_split import METRICS, compare_on_time_split

SEGMENT_RULES = SegmentRules.of(
    fusion={
        "features": {"behaviour": ["frequency"], "voice": ["average_rating"]},
        "block_weights": {"behaviour": 1.0, "voice": 1.0},
        "feature_weights": {},
        "rates": {},
        "alike": [],
        "unforetold_noise": 0.0,
        "indicator_weight": 0.0,
        "lower_quantile": 0.01,
        "upper_quantile": 0.99,
        "skew_limit": 1.0,
        "reviews_until_half": 0.5,
        "lines_until_half": 1.0,
        "smallest_share_known": 0.05,
        "smallest_reliability": 0.1,
    },
    sweep={
        "estimator": "k_means",
        "largest_k": 6,
        "smallest_size": 10,
        "starts": 3,
        "resamples": 3,
        "resample_starts": 2,
        "resample_limit": 4000,
        "gap_references": 0,
        "seed": 1,
        "silhouette_sample": 5000,
    },
    choice={
        "smallest_share": 0.02,
        "mean_jaccard": 0.75,
        "smallest_jaccard": 0.5,
        "least_gain": 0.09,
        "stability_weight": 0.25,
        "keep_margin": 0.05,
        "pinned": None,
    },
)
RULES = AblationRules(folds=5, resamples=50, seed=1, fewest_customers=30)


def customers(count: int, reviews: bool = True) -> pa.Table:
    """Two kinds by how often they buy, and independently of it two by how content they are."""
    often, content = np.arange(count) % 2, np.arange(count) // 2 % 2
    noise = np.random.default_rng(1).random(count)
    return pa.table(
        {
            "customer_id": [f"c{number:05d}" for number in range(count)],
            "recency_days": pa.array(10 + 5 * noise, pa.float64()),
            "frequency": pa.array(np.where(often, 20, 2) + noise, pa.float64()),
            "monetary": pa.array(np.where(often, 200, 20) + noise, pa.float64()),
            "average_rating": pa.array(
                np.where(content, 4.5, 1.5) + noise / 2 if reviews else [None] * count, pa.float64()
            ),
            "review_count": pa.array([3 if reviews else 0] * count, pa.int64()),
            "r_score": pa.array([3] * count, pa.int32()),
            "f_score": pa.array(np.where(often, 5, 1), pa.int32()),
            "m_score": pa.array([None] * count, pa.int32()),
            "rfm_segment": np.where(often, "Loyal", "Lost").tolist(),
        }
    )


def outcomes(count: int, bought_again, spend=None, next_rating=None) -> pa.Table:
    return pa.table(
        {
            "customer_id": [f"c{number:05d}" for number in range(count)],
            "bought_again": pa.array(bought_again, pa.bool_()),
            "spend": pa.array(spend if spend is not None else [None] * count, pa.float64()),
            "next_rating": pa.array(next_rating if next_rating is not None else [None] * count, pa.float64()),
        }
    )


def by_metric_and_segmentation(table: pa.Table) -> dict[tuple[str, str], dict]:
    assert table.schema == FIGURES_SCHEMA
    return {(row["metric"], row["segmentation"]): row for row in table.to_pylist()}


def test_where_contentment_decides_fused_is_better_than_all_that_do_not_hear_it():
    content = np.arange(400) // 2 % 2
    told = outcomes(400, content.astype(bool), spend=content * 100.0, next_rating=1 + 4.0 * content)
    figures = by_metric_and_segmentation(compare_on_time_split(customers(400), told, SEGMENT_RULES, RULES))
    for metric in METRICS:
        assert figures[metric, "fused"]["value"] > 0.95
        assert figures[metric, "fused"]["verdict"] == "reference"
        assert figures[metric, "voice_only"]["value"] > 0.95
        for deaf in ("behaviour_only", "rfm_scores", "rfm_segments", "rfm_k_means"):
            assert figures[metric, deaf]["verdict"] == "fused is better"
            assert "better than" in figures[metric, deaf]["note"]
    assert figures["repurchase_auc", "rfm_segments"]["lower"] < 0.5 < figures["repurchase_auc", "rfm_segments"]["upper"]


def test_where_frequency_decides_voice_alone_is_at_chance_and_rfm_is_no_worse():
    told = outcomes(400, (np.arange(400) % 2).astype(bool))
    figures = by_metric_and_segmentation(compare_on_time_split(customers(400), told, SEGMENT_RULES, RULES))
    assert figures["repurchase_auc", "rfm_segments"]["verdict"] == "no clear difference"
    assert figures["repurchase_auc", "voice_only"]["verdict"] == "fused is better"
    assert figures["repurchase_auc", "voice_only"]["lower"] < 0.5 < figures["repurchase_auc", "voice_only"]["upper"]


def test_worse_is_called_worse():
    rules = SEGMENT_RULES.weighing({"behaviour": 0.0, "voice": 1.0})
    told = outcomes(400, (np.arange(400) % 2).astype(bool))
    figures = by_metric_and_segmentation(compare_on_time_split(customers(400), told, rules, RULES))
    assert figures["repurchase_auc", "rfm_segments"]["verdict"] == "fused is worse"
    assert "worse than the named RFM segments" in figures["repurchase_auc", "rfm_segments"]["note"]


@pytest.mark.parametrize(
    ("count", "bought_again", "why"),
    [
        (0, [], "0 customers only, 30 are needed"),
        (20, [True, False] * 10, "20 customers only, 30 are needed"),
        (400, [True] * 400, "the same for all but 0 of 400"),
        (400, [False] * 400, "the same for all but 0 of 400"),
        (400, [True] + [False] * 399, "the same for all but 1 of 400"),
    ],
)
def test_what_cannot_be_measured_has_rows_that_say_why(count, bought_again, why):
    table = compare_on_time_split(customers(count), outcomes(count, bought_again), SEGMENT_RULES, RULES)
    figures = by_metric_and_segmentation(table)
    assert len(figures) == len(METRICS) * len(SEGMENTATIONS)
    for row in figures.values():
        assert row["value"] is None
        assert row["verdict"] == "not measured"
        assert row["note"]
    assert why in figures["repurchase_auc", "fused"]["note"]


def test_one_big_spender_decides_nothing():
    told = outcomes(400, [True] + [False] * 399, spend=[1000.0] + [0.0] * 399)
    figures = by_metric_and_segmentation(compare_on_time_split(customers(400), told, SEGMENT_RULES, RULES))
    assert "the same for all but 1 of 400" in figures["spend_explained", "fused"]["note"]


def test_without_reviews_voice_alone_forms_no_segments_and_the_others_do():
    told = outcomes(400, (np.arange(400) % 2).astype(bool))
    figures = by_metric_and_segmentation(compare_on_time_split(customers(400, False), told, SEGMENT_RULES, RULES))
    assert figures["repurchase_auc", "voice_only"]["value"] is None
    assert "forms no segments" in figures["repurchase_auc", "voice_only"]["note"]
    assert figures["repurchase_auc", "behaviour_only"]["fused_difference"] == 0


def test_where_no_segments_can_be_formed_rfm_still_has_its_figure():
    told = outcomes(80, np.arange(80) % 2 == 0)
    rules = replace(SEGMENT_RULES, sweep=replace(SEGMENT_RULES.sweep, smallest_size=100))
    figures = by_metric_and_segmentation(compare_on_time_split(customers(80), told, rules, RULES))
    assert figures["repurchase_auc", "fused"]["value"] is None
    assert figures["repurchase_auc", "rfm_k_means"]["value"] is None
    assert figures["repurchase_auc", "rfm_segments"]["value"] == 1
    assert figures["repurchase_auc", "rfm_segments"]["verdict"] == "not measured"


def test_no_figure_is_not_a_number():
    told = outcomes(400, np.arange(400) % 2 == 0, spend=np.arange(400) * 1.0, next_rating=[5.0, 4.0] * 200)
    for row in compare_on_time_split(customers(400), told, SEGMENT_RULES, RULES).to_pylist():
        assert not any(isinstance(value, float) and math.isnan(value) for value in row.values())


def test_the_order_of_rows_changes_nothing():
    told = outcomes(400, np.random.default_rng(1).random(400) < 0.5, spend=np.arange(400) * 1.0)
    backwards = np.arange(400)[::-1]
    there = compare_on_time_split(customers(400), told, SEGMENT_RULES, RULES)
    back = compare_on_time_split(customers(400).take(backwards), told.take(backwards), SEGMENT_RULES, RULES)
    assert there == back


def test_outcomes_of_other_customers_are_refused():
    with pytest.raises(ValueError, match="different customers"):
        compare_on_time_split(customers(40), outcomes(39, [True] * 39), SEGMENT_RULES, RULES)


def test_a_pinned_number_of_segments_that_cannot_be_built_before_the_cut_is_no_error():
    def pinned(k: int) -> SegmentRules:
        return replace(SEGMENT_RULES, choice=replace(SEGMENT_RULES.choice, pinned=k))

    assert len(np.unique(segments_of(customers(400), pinned(3)))) == 3
    assert len(np.unique(segments_of(customers(400), pinned(30)))) <= 6


@pytest.mark.parametrize("estimator", ["mini_batch_k_means", "gaussian_mixture", "ward", "hdbscan"])
def test_the_ablation_forms_segments_by_the_shops_own_estimator(estimator):
    rules = replace(SEGMENT_RULES, sweep=replace(SEGMENT_RULES.sweep, estimator=estimator))
    kinds = np.arange(400) % 4
    labels = segments_of(customers(400), rules)
    # No segment mixes two kinds; that a kind is cut in two is a stable division as well.
    assert homogeneity_score(kinds, labels) == pytest.approx(1)
    assert len(np.unique(labels)) <= 6


def test_noise_is_a_kind_of_customers_of_its_own():
    table = customers(400)
    odd = table.slice(0, 4).set_column(2, "frequency", pa.array([9.0, 13.0, 9.0, 13.0]))
    rules = replace(SEGMENT_RULES, sweep=replace(SEGMENT_RULES.sweep, estimator="hdbscan"))
    labels = segments_of(pa.concat_tables([odd, table.slice(4)]), rules)
    assert labels.min() == 0
    assert labels.max() == 4
    assert set(np.flatnonzero(labels == 4)) == {1, 3}
    told = outcomes(400, (np.arange(400) % 2).astype(bool))
    rows = compare_on_time_split(pa.concat_tables([odd, table.slice(4)]), told, rules, RULES)
    assert by_metric_and_segmentation(rows)["repurchase_auc", "fused"]["value"] > 0.9


def test_the_published_segments_are_compared_with_the_planted_truth():
    table = customers(400)
    kinds = [f"{often}{content}" for often, content in zip(np.arange(400) % 2, np.arange(400) // 2 % 2, strict=True)]
    key = table.column("customer_id")
    clusters = pa.table({"customer_id": key, "segment_key": [f"S0{kind}" for kind in kinds]})
    truth = pa.table({"customer_id": key, "persona": kinds})
    figures = by_metric_and_segmentation(compare_on_planted_truth(table, clusters, truth, SEGMENT_RULES, RULES))
    assert figures["planted_truth_ari", "fused"]["value"] == 1
    assert figures["planted_truth_ari", "rfm_segments"]["verdict"] == "fused is better"
    none = compare_on_planted_truth(table, clusters.slice(0, 0), truth, SEGMENT_RULES, RULES)
    assert {row["verdict"] for row in none.to_pylist()} == {"not measured"}


def test_published_noise_is_a_group_of_its_own_in_the_planted_truth():
    table = customers(400)
    kinds = [str(kind) for kind in np.arange(400) % 4]
    key = table.column("customer_id")
    clusters = pa.table({"customer_id": key, "segment_key": [None if kind == "3" else f"S0{kind}" for kind in kinds]})
    truth = pa.table({"customer_id": key, "persona": kinds})
    figures = by_metric_and_segmentation(compare_on_planted_truth(table, clusters, truth, SEGMENT_RULES, RULES))
    assert figures["planted_truth_ari", "fused"]["value"] == 1
