from dataclasses import replace

import pytest

from python_udfs.segmentation.candidates import Candidate
from python_udfs.segmentation.choice import ChoiceRules, choose_k

RULES = ChoiceRules(
    smallest_share=0.02,
    mean_jaccard=0.75,
    smallest_jaccard=0.5,
    stability_weight=0.5,
    keep_margin=0.05,
    pinned=None,
)


def candidate(
    k: int, modularity: float, mean: float = 0.9, smallest: float | None = None, share: float = 0.1
) -> Candidate:
    return Candidate(
        k=k,
        setting=float(k),
        inertia=1.0,
        modularity=modularity,
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


def test_among_stable_divisions_as_stable_as_each_other_the_one_of_greatest_modularity_wins():
    candidates = [candidate(3, 0.5), candidate(4, 0.6), candidate(5, 0.66, 0.86, 0.7), candidate(6, 0.64, 0.86)]
    k, reason = choose_k(candidates, RULES)
    assert k == 5
    assert reason == (
        "of the stable divisions, 5 segments best keep like with like (modularity 0.66): when customers are drawn anew "
        "the segments are found again with a Jaccard similarity of 0.86 on average, the least stable one with 0.70"
    )


def test_a_division_must_be_stable_on_average_and_in_its_least_stable_segment():
    candidates = [candidate(3, 0.1, 0.75, 0.5), candidate(4, 0.6, 0.74, 0.7), candidate(5, 0.7, 0.95, 0.49)]
    assert choose_k(candidates, RULES)[0] == 3


def test_a_little_modularity_is_given_for_stability():
    # Modularity times the square root of the mean Jaccard similarity: .567 and .565, .575.
    assert choose_k([candidate(3, 0.57, 0.99), candidate(4, 0.63, 0.81)], RULES)[0] == 3
    assert choose_k([candidate(3, 0.57, 0.99), candidate(4, 0.63, 0.8325)], RULES)[0] == 4
    assert choose_k([candidate(4, 0.6), candidate(3, 0.6)], RULES)[0] == 3


def test_a_segment_too_small_for_a_campaign_is_not_formed():
    candidates = [candidate(3, 0.5), candidate(4, 0.6, share=0.02), candidate(5, 0.7, share=0.019)]
    assert choose_k(candidates, RULES)[0] == 4


def test_where_all_divisions_have_too_small_a_segment_the_coarsest_stays():
    assert choose_k([candidate(2, 0.3, 0.5, share=0.01), candidate(3, 0.5, share=0.01)], RULES)[0] == 2


def test_two_segments_are_not_chosen_however_well_they_keep_like_with_like():
    assert choose_k([candidate(2, 0.9), candidate(3, 0.5)], RULES)[0] == 3
    assert choose_k([candidate(2, 0.9), candidate(3, 0.5, 0.3)], RULES)[0] == 3


def test_two_segments_are_chosen_where_no_more_can_be_formed():
    k, reason = choose_k([candidate(2, 0.3)], RULES)
    assert (k, reason[:37]) == (2, "of the stable divisions, 2 segments b")
    assert choose_k([candidate(2, 0.3), candidate(3, 0.5, share=0.001)], RULES)[0] == 2


def test_where_none_is_stable_the_most_stable_on_average_is_chosen_and_the_reason_says_so():
    k, reason = choose_k(
        [candidate(3, 0.9, 0.7, 0.4), candidate(4, 0.1, 0.74, 0.1), candidate(5, 0.5, 0.6, 0.4)], RULES
    )
    assert k == 4
    assert "no division is stable in every segment; 4 come nearest" in reason
    assert "0.74 on average, the least stable one with 0.10" in reason


def test_where_none_is_stable_one_whose_segments_all_survive_is_chosen_before_others():
    candidates = [candidate(3, 0.9, 0.74, 0.4), candidate(4, 0.1, 0.6, 0.55), candidate(5, 0.1, 0.7, 0.55)]
    assert choose_k(candidates, RULES)[0] == 5


def test_of_divisions_as_unstable_as_each_other_the_coarser_is_chosen():
    assert choose_k([candidate(4, 0.6, 0.7), candidate(3, 0.5, 0.7)], RULES)[0] == 3


def test_the_published_number_stays_while_it_is_nearly_as_good():
    candidates = [candidate(3, 0.61), candidate(4, 0.6), candidate(5, 0.65), candidate(6, 0.59)]
    k, reason = choose_k(candidates, RULES, published_k=4)
    assert k == 4
    assert reason.startswith("4 segments are published and still as good (modularity 0.60): when customers are drawn")
    assert choose_k(candidates, RULES, published_k=6)[0] == 5


def test_the_published_number_may_be_less_stable_by_the_margin():
    def with_published(mean: float, smallest: float) -> int | None:
        return choose_k([candidate(3, 0.6), candidate(4, 0.65, mean, smallest)], RULES, published_k=4)[0]

    assert with_published(0.71, 0.46) == 4
    assert with_published(0.69, 0.6) == 3
    assert with_published(0.9, 0.44) == 3
    assert choose_k([candidate(3, 0.6), candidate(4, 0.7, 0.71)], RULES)[0] == 3


def test_the_published_number_stays_where_no_other_is_stable():
    assert choose_k([candidate(3, 0.9, 0.74), candidate(4, 0.1, 0.71)], RULES, published_k=4)[0] == 4


def test_a_published_number_that_would_be_chosen_anyway_is_said_to_be_the_best():
    k, reason = choose_k([candidate(3, 0.5), candidate(4, 0.6)], RULES, published_k=4)
    assert (k, reason[:35]) == (4, "of the stable divisions, 4 segments")


def test_a_published_number_that_cannot_be_formed_any_more_is_given_up():
    assert choose_k([candidate(3, 0.5), candidate(4, 0.6, share=0.001)], RULES, published_k=4)[0] == 3
    assert choose_k([candidate(3, 0.5)], RULES, published_k=9)[0] == 3


def test_a_pinned_number_wins_over_all_that_speaks_against_it():
    k, reason = choose_k([candidate(2, 0.6), candidate(3, 0.1, 0.1, share=0.001)], pinned(3), published_k=2)
    assert (k, reason) == (3, "pinned to 3 by the var segment_count")


def test_a_pinned_number_that_was_not_tried_is_refused_with_the_numbers_that_were():
    with pytest.raises(ValueError, match=r"segment_count is 7, but only .* can be built here: 2, 3, 5$"):
        choose_k([candidate(2, 0.6), candidate(3, 0.6), candidate(5, 0.6)], pinned(7))


def test_with_nothing_to_choose_from_there_is_a_reason_even_where_a_number_is_pinned():
    assert choose_k([], RULES) == (None, "too few different customers to form segments")
    assert choose_k([], pinned(4), published_k=4)[0] is None
