import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.sparse import csr_matrix

from python_udfs.voice.topics.coherence import class_tf_idf, diversity, mean_npmi

PRESENCE = arrays(np.float64, st.tuples(st.integers(2, 12), st.just(4)), elements=st.sampled_from([0.0, 1.0]))


def test_words_that_always_come_together_cohere_fully_and_words_that_never_do_not_at_all():
    presence = csr_matrix(np.array([[1, 1, 0], [1, 1, 0], [0, 0, 1], [0, 0, 1.0]]))
    assert mean_npmi(presence, [0, 1]) == pytest.approx(1)
    assert mean_npmi(presence, [0, 2]) == -1
    assert mean_npmi(presence, [0, 2], floor=0.0) == 0


def test_words_that_meet_by_chance_do_not_cohere():
    presence = csr_matrix(np.array([[1, 1], [1, 0], [0, 1], [0, 0.0]]))
    assert mean_npmi(presence, [0, 1]) == pytest.approx(0)


def test_a_topic_of_one_word_has_no_coherence():
    assert mean_npmi(csr_matrix(np.ones((3, 1))), [0]) == 0


@given(PRESENCE)
def test_coherence_lies_between_minus_one_and_one(presence):
    assert -1 <= mean_npmi(csr_matrix(presence), [0, 1, 2, 3]) <= 1 + 1e-9


def test_diversity_is_the_share_of_distinct_words():
    assert diversity([["a", "b"], ["b", "c"]]) == 0.75


def test_a_word_of_one_topic_weighs_more_there_than_a_word_of_all():
    presence = csr_matrix(np.array([[1, 1], [1, 1], [1, 0], [1, 0.0]]))
    weights = class_tf_idf(presence, np.array([0, 0, 1, 1]), 2)
    assert weights[0, 1] > weights[0, 0]
    assert weights[1, 1] == 0
