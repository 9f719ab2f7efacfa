"""Customers like nobody else are in no segment where the estimator knows noise. The build says so; no gate minds."""

import json
import random

import pytest

from tests.python.builds.conftest import Build, run_build
from tests.python.builds.shops import Shopper, write_shoppers


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """Two habits of 150 customers each, and sixteen customers anywhere between and beside them."""
    folder, dice = tmp_path_factory.mktemp("noise"), random.Random(1)
    lookers = [Shopper(round(dice.gauss(14, 1)), round(dice.gauss(8, 1)), dice.gauss(0.05, 0.01)) for _ in range(150)]
    hunters = [Shopper(round(dice.gauss(6, 1)), round(dice.gauss(3, 1)), dice.gauss(0.3, 0.01)) for _ in range(150)]
    odd = [Shopper(dice.randint(4, 18), dice.randint(1, 10), dice.uniform(0.0, 0.35)) for _ in range(16)]
    data = write_shoppers(folder / "data", [*lookers, *hunters, *odd])
    variables = {"segment_estimator": "dbscan", "description_provider": "template", "segment_largest_count": 4}
    return run_build(folder, "--vars", json.dumps(variables), data=data)


def test_the_build_is_published_and_says_how_many_are_in_no_segment(built):
    assert built.returncode == 0, built.output
    ((noise,),) = built.query("select count(*) from marts.customer_segments where assignment_state = 'noise'")
    assert noise >= 1
    assert f"{noise} like too few others for a segment" in built.output


def test_who_is_in_no_segment_has_neither_key_nor_confidence_and_counts_in_none(built):
    assert built.query(
        "select count(*) from marts.customer_segments where assignment_state = 'noise' "
        "and (segment_key is not null or confidence is not null)"
    ) == [(0,)]
    assert built.query(
        "select (select sum(customers) from marts.segments) = count(*) from marts.customer_segments "
        "where assignment_state = 'assigned'"
    ) == [(True,)]


def test_noise_is_no_small_segment(built):
    figures = dict(built.query("select metric, value from marts.segmentation_quality where is_current"))
    ((smallest, assigned, everybody),) = built.query(
        "select (select min(customers) from marts.segments), count(segment_key), count(*) from marts.customer_segments"
    )
    assert figures["smallest_segment_share"] == round(smallest / assigned, 6)
    assert figures["assigned_share"] == round(assigned / everybody, 6)
