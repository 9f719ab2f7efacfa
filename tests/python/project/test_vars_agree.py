"""Vars that hang together do, and those that a method needs have what it asks for."""

import pytest

from benchmarks.pipeline import project_vars

VARS = project_vars()


def test_stability_is_measured_by_as_many_resamples_as_hennig_asks_for():
    assert VARS["segment_resamples"] >= 50


def test_the_gate_fails_below_what_hennig_calls_stable():
    assert VARS["gate_smallest_jaccard"][1] == 0.75


def test_a_number_of_segments_that_may_stay_is_one_that_the_gate_lets_through():
    least = VARS["segment_smallest_jaccard"] - VARS["segment_keep_margin"]
    assert least >= VARS["gate_smallest_jaccard"][1] - 1e-9


def test_the_choice_takes_no_division_that_the_gates_warn_of():
    assert VARS["segment_smallest_jaccard"] >= VARS["gate_smallest_jaccard"][0]
    assert VARS["segment_smallest_share"] >= VARS["gate_smallest_segment_share"][1]


@pytest.mark.parametrize("name", [name for name in VARS if name.startswith("gate_")])
def test_a_gate_warns_before_it_fails(name):
    warn, fail = VARS[name]
    assert warn is not None
    assert warn != fail


def test_what_is_published_is_as_stable_as_what_was_measured():
    assert VARS["segment_resample_limit"] >= VARS["segmentation_sample"]
