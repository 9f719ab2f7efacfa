import pytest

from python_udfs.limits import require_between


@pytest.mark.parametrize(("value", "least", "most"), [(1, 1, None), (0.0, 0, 1), (1, 0, 1), (10**9, 1, None)])
def test_a_value_within_the_limits_passes(value, least, most):
    require_between("some_var", value, least, most)


@pytest.mark.parametrize("value", [0, -1, "4", None, True, float("nan")])
def test_any_other_is_refused_by_the_name_of_its_var(value):
    with pytest.raises(ValueError, match=r"^segment_starts is .*\. Set a number, at least 1\.$"):
        require_between("segment_starts", value, 1)


def test_what_lies_above_is_refused_too():
    with pytest.raises(ValueError, match=r"^fusion_upper_quantile is 99\. Set a number, from 0 to 1\.$"):
        require_between("fusion_upper_quantile", 99, 0, 1)
