import pytest

from python_udfs.segmentation.candidates import Candidate
from python_udfs.segmentation.choice import choose_k


def candidate(k: int, silhouette: float, jaccard: float, share: float = 0.1) -> Candidate:
    return Candidate(k, 1.0, silhouette, 1.0, 1.0, jaccard, jaccard, share)


def test_the_finest_trusted_division_wins_over_the_best_silhouette():
    candidates = [candidate(2, 0.58, 0.95), candidate(3, 0.41, 0.9), candidate(4, 0.4, 0.8), candidate(5, 0.4, 0.4)]
    k, reason = choose_k(candidates, 0.02, pinned=None)
    assert k == 4
    assert "least stable one is 0.80" in reason


def test_a_stable_division_wins_over_a_finer_one_that_can_only_be_trusted():
    assert choose_k([candidate(3, 0.4, 0.8), candidate(4, 0.4, 0.65)], 0.02, pinned=None)[0] == 3
    assert choose_k([candidate(3, 0.4, 0.7), candidate(4, 0.4, 0.65)], 0.02, pinned=None)[0] == 4


def test_a_finer_division_must_keep_nearly_the_best_silhouette():
    assert choose_k([candidate(3, 0.4, 0.9), candidate(4, 0.2, 0.9)], 0.02, pinned=None)[0] == 3


def test_a_segment_too_small_for_a_campaign_is_not_formed():
    assert choose_k([candidate(3, 0.4, 0.9), candidate(4, 0.4, 0.9, share=0.01)], 0.02, pinned=None)[0] == 3


def test_two_segments_are_chosen_only_when_no_more_can_be_trusted():
    assert choose_k([candidate(2, 0.6, 0.9), candidate(3, 0.5, 0.3)], 0.02, pinned=None)[0] == 2


def test_where_none_can_be_trusted_the_reason_says_so():
    k, reason = choose_k([candidate(2, 0.2, 0.4), candidate(3, 0.2, 0.5)], 0.02, pinned=None)
    assert k == 3
    assert "no number of segments can be trusted" in reason


def test_an_impossible_pinned_k_is_refused():
    with pytest.raises(ValueError, match="only 2 to 3"):
        choose_k([candidate(2, 0.2, 0.4), candidate(3, 0.2, 0.5)], 0.02, pinned=7)


def test_a_pinned_k_wins():
    k, reason = choose_k([candidate(2, 0.6, 0.9), candidate(3, 0.1, 0.1)], 0.02, pinned=3)
    assert k == 3
    assert "pinned" in reason
