import numpy as np
import pytest
from scipy.stats import f_oneway
from sklearn.metrics import r2_score

from python_udfs.segmentation.clustering import NOISE
from python_udfs.segmentation.drivers import DRIVERS_SCHEMA, driver_table, sums_of_squares


@pytest.fixture
def customers(blobs, dimension):
    """Vectors in which two blocks of two features tell clouds apart and one feature is chance; labels; dimensions."""
    vectors, labels = blobs(spread=1.5)
    chance = np.random.default_rng(0).normal(size=400)
    blocks = ["behaviour", "voice", "behaviour", "voice", "profile"]
    made = [dimension(f"f{place}", label=f"feature {place}", block=block) for place, block in enumerate(blocks)]
    return np.column_stack([vectors, chance]), labels, made


def rows_of(table, level: str) -> dict[str, dict]:
    return {row["driver"]: row for row in table.to_pylist() if row["level"] == level}


@pytest.mark.parametrize("level", ["block", "feature"])
def test_the_shares_of_each_level_add_up_to_one(customers, level):
    rows = rows_of(driver_table(*customers), level).values()
    assert sum(row["share_of_separation"] for row in rows) == pytest.approx(1, abs=1e-5)


def test_there_is_a_row_per_block_and_per_feature(customers):
    table = driver_table(*customers)
    assert table.schema == DRIVERS_SCHEMA
    assert [(row["level"], row["driver"], row["block"]) for row in table.to_pylist()] == [
        ("block", "behaviour", "behaviour"),
        ("block", "voice", "voice"),
        ("block", "profile", "profile"),
        ("feature", "feature 0", "behaviour"),
        ("feature", "feature 1", "voice"),
        ("feature", "feature 2", "behaviour"),
        ("feature", "feature 3", "voice"),
        ("feature", "feature 4", "profile"),
    ]


def test_what_segments_explain_of_a_feature_is_the_r_squared_of_its_means(customers):
    vectors, labels, _ = customers
    means = np.array([vectors[labels == label].mean(axis=0) for label in range(4)])[labels]
    for place, row in enumerate(rows_of(driver_table(*customers), "feature").values()):
        assert row["share_explained"] == pytest.approx(r2_score(vectors[:, place], means[:, place]), abs=1e-6)


def test_what_segments_explain_agrees_with_scipys_analysis_of_variance(customers):
    vectors, labels, _ = customers
    statistic = f_oneway(*(vectors[labels == label] for label in range(4))).statistic
    between = statistic * 3
    expected = between / (between + 400 - 4)
    found = [row["share_explained"] for row in rows_of(driver_table(*customers), "feature").values()]
    assert found == pytest.approx(expected, abs=1e-6)


def test_shares_of_separation_are_those_of_the_squared_distances_between_centroids(customers):
    vectors, labels, _ = customers
    sizes = np.bincount(labels)
    centroids = np.array([vectors[labels == label].mean(axis=0) for label in range(4)])
    # Over all pairs of customers in different segments.
    squared = sum(
        sizes[one] * sizes[other] * (centroids[one] - centroids[other]) ** 2 for one in range(4) for other in range(one)
    )
    found = [row["share_of_separation"] for row in rows_of(driver_table(*customers), "feature").values()]
    assert found == pytest.approx(squared / squared.sum(), abs=1e-6)


def test_a_block_has_the_shares_of_its_features(customers):
    table = driver_table(*customers)
    blocks, features = rows_of(table, "block"), rows_of(table, "feature")
    assert blocks["voice"]["share_of_separation"] == pytest.approx(
        features["feature 1"]["share_of_separation"] + features["feature 3"]["share_of_separation"], abs=2e-6
    )
    assert blocks["profile"]["share_explained"] == features["feature 4"]["share_explained"] < 0.05


def test_noise_separates_nothing(customers):
    vectors, labels, made = customers
    noisy = driver_table(np.vstack([vectors, vectors[:50] * 99]), np.append(labels, [NOISE] * 50), made)
    assert noisy == driver_table(vectors, labels, made)


def test_a_feature_that_is_the_same_for_all_drives_nothing(dimensions):
    vectors = np.array([[0.0, 7.0], [1.0, 7.0]])
    rows = rows_of(driver_table(vectors, np.array([0, 1]), dimensions(2)), "feature")
    assert [(row["share_of_separation"], row["share_explained"]) for row in rows.values()] == [(1.0, 1.0), (0.0, 0.0)]


@pytest.mark.parametrize("labels", [[0] * 4, [NOISE] * 4, [1, 1, NOISE, NOISE]])
def test_without_two_segments_nothing_separates_them(dimensions, labels):
    table = driver_table(np.ones((4, 2)), np.array(labels), dimensions(2))
    assert (table.num_rows, table.schema) == (0, DRIVERS_SCHEMA)


def test_the_sums_of_squares_within_are_what_is_left_of_all(customers):
    vectors, labels, _ = customers
    between, total = sums_of_squares(vectors, labels)
    within = sum(
        ((vectors[labels == label] - vectors[labels == label].mean(axis=0)) ** 2).sum(axis=0) for label in range(4)
    )
    assert between + within == pytest.approx(total)
