"""A var of RFM that makes no sense stops dbt with what to set instead."""

import pytest


@pytest.mark.parametrize(
    ("variables", "error"),
    [
        ({"rfm_quantile_type": 8}, "rfm_quantile_type is '8'. Set 1 (values that customers have) or 7"),
        ({"rfm_cut_point_shift": "one"}, "rfm_cut_point_shift is 'one'. Set the number to add to every quantile"),
        ({"rfm_closed_side": "left"}, "rfm_closed_side is 'left'. Set upper"),
        ({"rfm_within": "contry"}, "rfm_within is 'contry', which is no attribute of customers. Set one of"),
        ({"rfm_smallest_group": 0}, "rfm_smallest_group is '0'. Set a whole number of customers, 1 or more"),
        ({"rfm_smallest_group": "five"}, "rfm_smallest_group is 'five'. Set a whole number of customers, 1 or more"),
        ({"rfm_cut_points": {"recency": [1, 2, 3]}}, "rfm_cut_points of recency is [1, 2, 3]. Set four numbers"),
        ({"rfm_cut_points": {"recentness": [1, 2, 3, 4]}}, "Use recency, frequency or monetary"),
        ({"rfm_cut_points": [1, 2, 3, 4]}, "Set a list for one measure or more, such as {recency:"),
        ({"rfm_cut_shares": [20, 40, 60, 80]}, "Use shares between 0 and 1, such as [0.2, 0.4, 0.6, 0.8]"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_a_senseless_var_stops_dbt_with_a_remedy(variables, error, compile_rfm) -> None:
    compiled = compile_rfm(variables)
    assert not compiled.success
    assert error in str(compiled.exception)
