import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from python_udfs.segmentation.spaces import feature_values, in_current_space
from python_udfs.segmentation.transforms import TRANSFORMS, transformed

fusions = st.fixed_dictionaries(
    {
        "transform": st.sampled_from(TRANSFORMS),
        "power": st.integers(-2_000_000, 2_000_000).map(lambda number: number / 1e6),
        "center": st.floats(-5, 5),
        "scale": st.floats(0.1, 10),
        "weight": st.floats(0.1, 3),
    }
)


@given(fusions, st.floats(0, 50))
def test_values_come_back_from_the_space_as_they_were(dimension, setting, value):
    dimensions = [dimension("money", **setting)]
    centroid = in_current_space({"money": value}, dimensions)
    assert feature_values(centroid, dimensions) == pytest.approx([value], rel=1e-9, abs=1e-9)
    assert in_current_space({"money": feature_values(centroid, dimensions)[0]}, dimensions) == pytest.approx(
        centroid, rel=1e-9, abs=1e-9
    )


@given(fusions, fusions, st.floats(0, 50))
def test_values_outlive_a_change_of_transform_scale_and_weight(dimension, before, after, value):
    old, new = [dimension("money", **before)], [dimension("money", **after)]
    published = feature_values(in_current_space({"money": value}, old), old)[0]
    assert feature_values(in_current_space({"money": published}, new), new) == pytest.approx(
        [value], rel=1e-8, abs=1e-8
    )


@pytest.mark.parametrize("transform", ["identity", "log1p", "yeo_johnson", "square_root"])
def test_a_customer_who_sits_on_a_centroid_has_its_values(dimension, transform):
    told = {"transform": transform, "power": 0.4, "center": 1.0, "scale": 2.0, "weight": 0.7}
    customer = (transformed(np.array([12.5]), transform, 0.4) - 1.0) / 2.0 * 0.7
    assert feature_values(customer, [dimension(**told)]) == pytest.approx([12.5])


def test_of_an_indicator_the_value_is_the_share_of_those_of_whom_it_is_unknown(dimension):
    indicator = dimension("rating", transform="is_unknown", center=0.25, scale=0.5, weight=2.0)
    assert in_current_space({"rating": 0.75}, [indicator]).tolist() == [2.0]
    assert feature_values(np.array([2.0]), [indicator]).tolist() == [0.75]


def test_a_feature_of_which_nothing_was_published_is_central_and_one_that_is_gone_is_forgotten(dimension):
    known, new = dimension("money", center=4.0), dimension("visits", center=4.0)
    assert in_current_space({"money": 5.0, "gone": 9.0}, [new, known]).tolist() == [0.0, 1.0]


def test_categories_are_recognised_by_name_when_their_ranks_change(dimension):
    before = [
        dimension("category_1_share", label="share of Books"),
        dimension("category_2_share", label="share of Toys"),
    ]
    after = [
        dimension("category_1_share", label="share of Toys"),
        dimension("category_2_share", label="share of Books"),
    ]
    names = [d.label for d in before]
    published = dict(zip(names, feature_values(np.array([0.7, 0.2]), before).tolist(), strict=True))
    assert in_current_space(published, after).tolist() == [0.2, 0.7]


@pytest.mark.parametrize("transform", ["log1p", "yeo_johnson", "square_root"])
def test_a_value_that_is_negative_from_before_a_change_of_transform_has_a_place(dimension, transform):
    dimensions = [dimension(transform=transform, power=0.5)]
    assert in_current_space({"monetary": -20.0}, dimensions).tolist() == [0.0]


@pytest.mark.parametrize("value", [None, np.nan, np.inf])
def test_what_was_published_without_a_number_is_central(dimension, value):
    assert in_current_space({"money": value}, [dimension("money", center=3.0)]).tolist() == [0.0]
