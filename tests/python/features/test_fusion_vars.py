"""A var of the fusion that names what customers don't have stops dbt with what to set instead."""

import pytest


@pytest.mark.parametrize(
    ("variables", "error"),
    [
        (
            {"fusion_features": {"behaviour": ["recency_days", "frequncy"]}},
            "fusion_features names 'frequncy', which is no column of customer_features. Its columns are: customer_id,",
        ),
        ({"fusion_feature_weights": {"spend": 0.7}}, "fusion_feature_weights names 'spend', which is no column"),
        ({"fusion_alike": [["monetary"], ["frequency", "spend"]]}, "fusion_alike names 'spend', which is no column"),
        ({"fusion_alike": ["monetary"]}, "fusion_alike has 'monetary' where a list of features is expected, as in [["),
        (
            {"fusion_alike": [["monetary"], ["monetary"]]},
            "fusion_alike has 'monetary' twice. A feature is in one group",
        ),
        ({"fusion_rates": {"return_share": "order_count"}}, "fusion_rates names 'return_share', which is no column"),
        ({"fusion_rates": {"return_rate": "orders"}}, "fusion_rates names 'orders', which is no column"),
        (
            {"fusion_block_weights": {"behaviour": 1.0}},
            "fusion_features has a block 'voice' that fusion_block_weights gives no weight. Add it there",
        ),
    ],
    ids=["feature", "weight", "alike", "no group", "two groups", "rate", "count", "block"],
)
def test_a_senseless_var_stops_dbt_with_a_remedy(variables, error, dbt_with, capfd) -> None:
    assert not dbt_with(variables, "run-operation", "refuse_wrong_features").success
    assert error in capfd.readouterr().out


def test_features_left_out_may_keep_their_weights(dbt_with) -> None:
    fewer = {"fusion_features": {"behaviour": ["recency_days", "frequency"]}}
    assert dbt_with(fewer, "run-operation", "refuse_wrong_features").success


def test_the_vars_are_looked_at_before_anything_runs(dbt_with) -> None:
    refused = dbt_with({"fusion_feature_weights": {"spend": 0.7}}, "run", "--select", "as_of")
    assert "fusion_feature_weights names 'spend'" in str(refused.exception)
