import pyarrow as pa

from python_udfs.segmentation.published import PublishedSegments


def registry(*rows: tuple[str, bool, list[float] | None]) -> pa.Table:
    return pa.table(
        {
            "segment_key": pa.array([key for key, _, _ in rows], pa.string()),
            "segment_name": pa.array([key.lower() for key, _, _ in rows], pa.string()),
            "retired": pa.array([retired for _, retired, _ in rows], pa.bool_()),
            "features": pa.array(
                [None if values is None else ["recency", "money"] for _, _, values in rows], pa.list_(pa.string())
            ),
            "feature_values": pa.array([values for _, _, values in rows], pa.list_(pa.float64())),
        }
    )


def test_before_anything_is_published_nothing_lives():
    published = PublishedSegments.of(registry())
    assert (published.living, published.used_keys, published.count) == ({}, [], None)
    assert published.centroids([]) == []


def test_living_segments_come_in_the_order_of_their_key_whatever_that_of_the_rows():
    published = PublishedSegments.of(registry(("S03", False, [3.0, 30.0]), ("S01", False, [1.0, 10.0])))
    assert list(published.living) == ["S01", "S03"]
    assert published.living["S03"] == {"recency": 3.0, "money": 30.0}
    assert published.count == 2


def test_retired_segments_live_no_more_but_their_keys_are_used():
    published = PublishedSegments.of(registry(("S01", True, [1.0, 10.0]), ("S02", False, [2.0, 20.0])))
    assert list(published.living) == ["S02"]
    assert published.used_keys == ["S01", "S02"]


def test_a_segment_of_which_no_values_are_kept_cannot_be_continued_but_its_key_is_used():
    published = PublishedSegments.of(registry(("S01", False, None)))
    assert (published.count, published.used_keys) == (None, ["S01"])


def test_centroids_lie_where_the_values_are_in_this_builds_space(dimension):
    dimensions = [dimension("money", center=10.0, scale=5.0), dimension("visits"), dimension("recency", weight=2.0)]
    (first, second) = PublishedSegments.of(
        registry(("S01", False, [1.0, 10.0]), ("S02", False, [2.0, 20.0]))
    ).centroids(dimensions)
    assert (first.tolist(), second.tolist()) == ([0.0, 0.0, 2.0], [2.0, 0.0, 4.0])


def test_of_a_segment_whose_features_are_all_gone_nobody_can_say_where_it_lies_but_its_key_is_used(dimension):
    published = PublishedSegments.of(registry(("S01", False, [1.0, 10.0]), ("S02", False, [2.0, 20.0])))
    assert published.known_by([dimension("visits")]).living == {}
    assert published.known_by([dimension("visits")]).used_keys == ["S01", "S02"]
    assert published.known_by([dimension("visits"), dimension("money")]) == published
    assert published.known_by([dimension("money", block="meaning")]).count is None
