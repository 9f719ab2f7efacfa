from dataclasses import replace

import pytest

from python_udfs.segmentation.candidates import Candidate
from python_udfs.segmentation.choice import ChoiceRules, choose_k

RULES = ChoiceRules(
    smallest_share=0.02,
    mean_jaccard=0.75,
    smallest_jaccard=0.5,
    least_gain=0.1,
    stability_weight=0.25,
    keep_margin=0.05,
    pinned=None,
)


def candidate(
    k: int, likelihood: float, mean: float = 0.9, smallest: float | None = None, share: float = 0.1
) -> Candidate:
    return Candidate(
        k=k,
        setting=float(k),
        inertia=1.0,
        likelihood_gain=likelihood,
        silhouette=0.4,
        davies_bouldin=1.0,
        calinski_harabasz=1.0,
        gap=None,
        gap_error=None,
        smallest_jaccard=mean if smallest is None else smallest,
        mean_jaccard=mean,
        smallest_share=share,
        noise_share=0.0,
        shares=[],
        silhouettes=[],
        jaccards=[],
    )


def pinned(k: int) -> ChoiceRules:
    return replace(RULES, pinned=k)


def test_among_stable_divisions_as_stable_as_each_other_the_one_that_describes_customers_best_wins():
    candidates = [candidate(3, 0.5), candidate(4, 0.8), candidate(5, 0.96, 0.86, 0.7), candidate(6, 1.02, 0.86)]
    k, reason = choose_k(candidates, RULES)
    assert k == 5
    assert reason == (
        "of the stable divisions, 5 segments describe customers best for their number (likelihood gain 0.96): "
        "when customers are drawn anew the segments are found again with a Jaccard similarity of 0.86 on average, "
        "the least stable one with 0.70"
    )


def test_a_segment_more_must_bring_the_least_gain():
    assert choose_k([candidate(3, 0.5), candidate(4, 0.59)], RULES)[0] == 3
    assert choose_k([candidate(3, 0.5), candidate(4, 0.61)], RULES)[0] == 4
    # Two more must bring it twice, whatever the one between them brings.
    assert choose_k([candidate(3, 0.5), candidate(4, 0.5), candidate(5, 0.69)], RULES)[0] == 3
    assert choose_k([candidate(3, 0.5), candidate(4, 0.5), candidate(5, 0.71)], RULES)[0] == 5


def test_a_division_must_be_stable_on_average_and_in_its_least_stable_segment():
    candidates = [candidate(3, 0.1, 0.75, 0.5), candidate(4, 0.6, 0.74, 0.7), candidate(5, 0.7, 0.95, 0.49)]
    assert choose_k(candidates, RULES)[0] == 3


def test_a_little_likelihood_is_given_for_stability():
    # A quarter of the logarithm of .99 / .81 is .0502.
    assert choose_k([candidate(3, 0.5, 0.99), candidate(4, 0.649, 0.81)], RULES)[0] == 3
    assert choose_k([candidate(3, 0.5, 0.99), candidate(4, 0.651, 0.81)], RULES)[0] == 4


def test_of_divisions_as_good_as_each_other_the_coarser_is_chosen():
    exact = replace(RULES, least_gain=0.125)
    assert choose_k([candidate(4, 0.625), candidate(3, 0.5)], exact)[0] == 3


def test_a_segment_too_small_for_a_campaign_is_not_formed():
    candidates = [candidate(3, 0.5), candidate(4, 0.7, share=0.02), candidate(5, 0.9, share=0.019)]
    assert choose_k(candidates, RULES)[0] == 4


def test_where_all_divisions_have_too_small_a_segment_the_coarsest_stays():
    assert choose_k([candidate(2, 0.3, 0.5, share=0.01), candidate(3, 0.5, share=0.01)], RULES)[0] == 2


def test_two_segments_are_not_chosen_however_well_they_describe_customers():
    assert choose_k([candidate(2, 0.9), candidate(3, 0.5)], RULES)[0] == 3
    assert choose_k([candidate(2, 0.9, 0.7), candidate(3, 0.5)], RULES)[0] == 3


def test_two_segments_are_chosen_where_no_more_can_be_formed():
    k, reason = choose_k([candidate(2, 0.3)], RULES)
    assert (k, reason[:37]) == (2, "of the stable divisions, 2 segments d")
    assert choose_k([candidate(2, 0.3), candidate(3, 0.5, share=0.001)], RULES)[0] == 2


def test_two_segments_are_chosen_where_they_are_stable_and_no_more_are():
    candidates = [candidate(2, 0.1), candidate(3, 0.9, 0.7), candidate(4, 0.95, 0.9, 0.4)]
    k, reason = choose_k(candidates, RULES)
    assert k == 2
    assert reason.startswith("no division into more is stable, 2 segments are (likelihood gain 0.10): when customers")
    # Published, they stay a little longer; but not when more are stable, though they described customers better.
    assert choose_k([candidate(2, 0.1, 0.71), *candidates[1:]], RULES, published_k=2)[0] == 2
    assert choose_k([candidate(2, 0.9), candidate(3, 0.1)], RULES, published_k=2)[0] == 3


def test_more_than_two_that_are_published_stay_by_the_margin_though_only_two_are_stable():
    assert choose_k([candidate(2, 0.1), candidate(3, 0.9, 0.71)], RULES, published_k=3)[0] == 3
    assert choose_k([candidate(2, 0.1), candidate(3, 0.9, 0.71)], RULES)[0] == 2


def test_where_none_is_stable_the_most_stable_in_its_worst_segment_is_chosen_and_the_reason_says_so():
    k, reason = choose_k(
        [candidate(3, 0.9, 0.7, 0.4), candidate(4, 0.1, 0.6, 0.45), candidate(5, 0.5, 0.74, 0.1)], RULES
    )
    assert k == 4
    assert "no division is stable enough; 4 segments come nearest" in reason
    assert "0.60 on average, the least stable one with 0.45" in reason


def test_where_none_is_stable_one_whose_segments_all_survive_is_chosen_before_others():
    candidates = [candidate(3, 0.9, 0.74, 0.4), candidate(4, 0.1, 0.6, 0.55), candidate(5, 0.1, 0.7, 0.55)]
    assert choose_k(candidates, RULES)[0] == 5


def test_where_none_is_stable_two_segments_that_come_nearest_are_chosen():
    assert choose_k([candidate(2, 0.1, 0.7, 0.55), candidate(3, 0.9, 0.7, 0.45)], RULES)[0] == 2
    assert choose_k([candidate(2, 0.1, 0.7, 0.4), candidate(3, 0.9, 0.7, 0.45)], RULES)[0] == 3


def test_of_divisions_as_unstable_as_each_other_the_coarser_is_chosen():
    assert choose_k([candidate(4, 0.6, 0.7), candidate(3, 0.5, 0.7)], RULES)[0] == 3


def test_the_published_number_stays_while_it_is_nearly_as_good():
    # Merits, but for stability: .31, .30, .34, .26.
    candidates = [candidate(3, 0.61), candidate(4, 0.7), candidate(5, 0.84), candidate(6, 0.86)]
    k, reason = choose_k(candidates, RULES, published_k=4)
    assert k == 4
    assert reason.startswith("4 segments are published and still as good (likelihood gain 0.70): when customers")
    assert choose_k(candidates, RULES, published_k=6)[0] == 5


def test_the_published_number_may_be_less_stable_by_the_margin():
    def with_published(mean: float, smallest: float) -> int | None:
        return choose_k([candidate(3, 0.6), candidate(4, 0.75, mean, smallest)], RULES, published_k=4)[0]

    assert with_published(0.71, 0.46) == 4
    assert with_published(0.69, 0.6) == 3
    assert with_published(0.9, 0.44) == 3
    assert choose_k([candidate(3, 0.6), candidate(4, 0.8, 0.71)], RULES)[0] == 3


def test_the_published_number_stays_where_no_other_is_stable():
    assert choose_k([candidate(3, 0.9, 0.74), candidate(4, 0.1, 0.71)], RULES, published_k=4)[0] == 4


def test_a_published_number_that_would_be_chosen_anyway_is_said_to_be_the_best():
    k, reason = choose_k([candidate(3, 0.5), candidate(4, 0.7)], RULES, published_k=4)
    assert (k, reason[:35]) == (4, "of the stable divisions, 4 segments")


def test_a_published_number_that_cannot_be_formed_any_more_is_given_up():
    assert choose_k([candidate(3, 0.5), candidate(4, 0.7, share=0.001)], RULES, published_k=4)[0] == 3
    assert choose_k([candidate(3, 0.5)], RULES, published_k=9)[0] == 3


def test_a_pinned_number_wins_over_all_that_speaks_against_it():
    k, reason = choose_k([candidate(2, 0.6), candidate(3, 0.1, 0.1, share=0.001)], pinned(3), published_k=2)
    assert (k, reason) == (3, "pinned to 3 by the var segment_count")


def test_a_pinned_number_that_was_not_tried_is_refused_with_the_numbers_that_were():
    with pytest.raises(ValueError, match=r"segment_count is 7, but only .* were tried: 2, 3, 5\. Raise"):
        choose_k([candidate(2, 0.6), candidate(3, 0.6), candidate(5, 0.6)], pinned(7))


def test_with_nothing_to_choose_from_there_is_a_reason_even_where_a_number_is_pinned():
    assert choose_k([], RULES) == (
        None,
        "no segments: too few different customers, or the estimator found no two",
    )
    assert choose_k([], pinned(4), published_k=4)[0] is None
