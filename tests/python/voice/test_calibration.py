import numpy as np
import pytest

from python_udfs.voice.calibration import platt_scaling


def test_slope_and_shift_of_what_came_true_are_found() -> None:
    random = np.random.default_rng(1)
    score = random.normal(size=20_000)
    is_praise = random.random(20_000) < 1 / (1 + np.exp(-(2.0 * score + 1.0)))
    assert platt_scaling(score, is_praise) == pytest.approx((2.0, 1.0), abs=0.1)


def test_few_reviews_told_without_fault_do_not_make_it_certain() -> None:
    slope, _ = platt_scaling(np.array([-1.0, -0.5, 0.5, 1.0]), np.array([False, False, True, True]))
    assert 0 < slope < 5


def test_a_score_that_knows_nothing_gives_every_review_the_share_of_praise() -> None:
    random = np.random.default_rng(1)
    is_praise = np.arange(400) % 4 > 0
    slope, shift = platt_scaling(np.where(is_praise, -1.0, 1.0) + random.normal(size=400), is_praise)
    assert slope == 0
    assert 1 / (1 + np.exp(-shift)) == pytest.approx(0.75)
