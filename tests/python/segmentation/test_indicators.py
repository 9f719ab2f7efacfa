import numpy as np
import pyarrow as pa
import pytest

from python_udfs.segmentation.fusion import fit_dimensions


def indicators(features: pa.Table, rules, **labels: str) -> list:
    fitted = fit_dimensions(features, rules, labels)
    return [dimension for dimension in fitted if dimension.transform == "is_unknown"]


def some_unknown(every: int) -> list[float | None]:
    return [None if number % every == 0 else float(number) for number in range(500)]


def test_without_a_weight_there_are_no_indicators(shop, fusion_rules):
    assert indicators(shop(), fusion_rules(indicator_weight=0.0)) == []


def test_there_is_one_indicator_for_each_pattern_of_unknown_values(shop, fusion_rules):
    features = shop(frequency=some_unknown(2), monetary=some_unknown(2), average_sentiment=some_unknown(3))
    found = indicators(features, fusion_rules(indicator_weight=0.5))
    assert [indicator.label for indicator in found] == ["frequency is unknown", "average_sentiment is unknown"]


def test_what_is_unknown_for_hardly_anybody_or_left_out_has_no_indicator(shop, fusion_rules):
    features = shop(monetary=some_unknown(100), average_sentiment=pa.nulls(500, pa.float64()))
    assert indicators(features, fusion_rules(indicator_weight=0.5)) == []


def test_an_indicator_counts_its_weight_beside_a_feature(shop, fusion_rules, fused):
    rules = fusion_rules(features={"behaviour": ["monetary"]}, indicator_weight=0.25)
    features = shop(monetary=some_unknown(4))
    (money, unknown), matrix = fused(features, rules)
    assert matrix[:, 1].std() / unknown.weight == pytest.approx(0.25)
    assert np.nanmean(matrix, axis=0) == pytest.approx([0, 0], abs=1e-12)
    is_null = np.array(features.column("monetary").is_null())
    assert matrix[is_null, 1].min() > 0 > matrix[~is_null, 1].max()
    assert np.array_equal(np.isnan(matrix[:, money.position]), is_null)


def test_an_indicator_is_not_shrunk_by_the_reviews_that_somebody_lacks(shop, fusion_rules):
    (voice,) = indicators(shop(), fusion_rules(indicator_weight=0.5))
    assert (voice.label, voice.counted_by) == ("average_sentiment is unknown", None)


def test_no_two_dimensions_have_one_label(shop, fusion_rules):
    features = shop(monetary=some_unknown(2))
    fitted = fit_dimensions(features, fusion_rules(indicator_weight=0.5), {"monetary": "money spent"})
    labels = [dimension.label for dimension in fitted]
    assert "money spent" in labels
    assert len(set(labels)) == len(labels)
