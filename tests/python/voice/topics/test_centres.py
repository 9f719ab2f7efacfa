"""Topics of planted texts: where they lie, which keys they get, and what fits none."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from python_udfs.voice.topics.assignment import OTHER, assign_topics
from python_udfs.voice.topics.candidates import TopicRules
from python_udfs.voice.topics.centres import TopicIdentityRules, build_centres, topic_centres
from python_udfs.voice.topics.published import PublishedTopics
from python_udfs.voice.vectors import to_arrow

RULES = TopicRules([6], 0.7, 0.05, 0.5, 0.01, 20, None, 20240229, 3)
IDENTITY = TopicIdentityRules(match_distance=0.35, keep_tolerance=0.02, outsider_share=0.75)
DIMENSIONS = 24
NOTHING = PublishedTopics([], np.zeros((0, DIMENSIONS)), [])


def texts(number, seed=1, topics=6, spread=0.12):
    """Unit vectors around as many directions as there are topics, and the topic of each."""
    directions = np.random.default_rng(7).normal(size=(topics, DIMENSIONS))
    directions /= np.linalg.norm(directions, axis=1, keepdims=True)
    chance = np.random.default_rng(seed)
    planted = chance.integers(0, topics, number)
    vectors = directions[planted] + chance.normal(0, spread, size=(number, DIMENSIONS))
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True), planted


def published(centres, retired=(), encoder="a"):
    rows = [
        {"topic_key": row["topic_key"], "retired": row["topic_key"] in retired, "encoder": encoder}
        | {"centre": row["centre"]}
        for row in centres.to_pylist()
    ]
    return pa.Table.from_pylist(rows)


def keys_of(vectors, centres):
    batch = pa.RecordBatch.from_arrays(
        [pa.array([str(row) for row in range(len(vectors))]), to_arrow(vectors.astype(np.float32))],
        names=["text_id", "embedding"],
    )
    return np.array(assign_topics(centres)(batch)["topic_key"].to_pylist(), dtype=object)


def test_planted_topics_are_found_and_hold_their_texts():
    vectors, planted = texts(1200)
    keys = keys_of(vectors, build_centres(vectors, 6, "a", NOTHING, RULES, IDENTITY))
    for topic in range(6):
        own = keys[(planted == topic) & (keys != OTHER)]
        assert len(set(own)) == 1
    assert (keys == OTHER).mean() <= 0.3


def test_a_text_unlike_all_others_fits_no_topic():
    vectors, _ = texts(1200)
    centres = build_centres(vectors, 6, "a", NOTHING, RULES, IDENTITY)
    means = np.array(centres.column("centre").to_pylist())
    strange = np.linalg.svd(means)[2][-1:]
    assert keys_of(strange, centres).tolist() == [OTHER]


def test_topics_keep_their_keys_with_five_per_cent_more_reviews():
    vectors, _ = texts(1200)
    before = build_centres(vectors, 6, "a", NOTHING, RULES, IDENTITY)
    more = np.concatenate([vectors, texts(60, seed=2)[0]])
    known = PublishedTopics.of(published(before), "a", DIMENSIONS)
    after = build_centres(more, 6, "a", known, RULES, IDENTITY)
    assert not any(after.column("is_new").to_pylist())
    assert (keys_of(vectors, before) == keys_of(vectors, after)).mean() >= 0.95


@settings(deadline=None, max_examples=5)
@given(st.permutations(range(6)))
def test_keys_follow_the_centres_not_their_order(order):
    vectors, _ = texts(600)
    before = build_centres(vectors, 6, "a", NOTHING, RULES, IDENTITY)
    renamed = published(before).to_pylist()
    for row, number in zip(renamed, order, strict=True):
        row["topic_key"] = f"T{number + 11}"
    after = build_centres(
        vectors, 6, "a", PublishedTopics.of(pa.Table.from_pylist(renamed), "a", DIMENSIONS), RULES, IDENTITY
    )
    new = {tuple(np.round(row["centre"], 6)): row["topic_key"] for row in after.to_pylist()}
    assert new == {tuple(np.round(row["centre"], 6)): row["topic_key"] for row in renamed}


def test_another_encoder_starts_new_keys_and_none_is_used_again():
    vectors, _ = texts(600)
    before = build_centres(vectors, 6, "a", NOTHING, RULES, IDENTITY)
    known = PublishedTopics.of(published(before), "b", DIMENSIONS)
    after = build_centres(vectors, 6, "b", known, RULES, IDENTITY)
    assert after.column("topic_key").to_pylist() == ["T07", "T08", "T09", "T10", "T11", "T12"]


def test_a_retired_key_is_never_used_again():
    vectors, _ = texts(600)
    before = build_centres(vectors, 6, "a", NOTHING, RULES, IDENTITY)
    known = PublishedTopics.of(published(before, retired={"T02"}), "a", DIMENSIONS)
    after = build_centres(vectors, 6, "a", known, RULES, IDENTITY)
    assert "T02" not in after.column("topic_key").to_pylist()
    assert "T07" in after.column("topic_key").to_pylist()


def test_a_shop_without_texts_has_no_topics_and_all_texts_are_other():
    empty = pa.table({"encoder": pa.array([], pa.string()), "embedding": to_arrow(np.zeros((0, DIMENSIONS)))})
    no_candidates = pa.table({"topics": pa.array([], pa.int64()), "chosen": pa.array([], pa.bool_())})
    earlier = published(build_centres(texts(600)[0], 6, "a", NOTHING, RULES, IDENTITY))
    centres = topic_centres(empty, no_candidates, earlier, RULES, IDENTITY)
    assert centres.num_rows == 0
    assert keys_of(texts(3)[0], centres).tolist() == [OTHER] * 3


def test_a_text_has_the_same_topic_alone_and_among_others():
    vectors, _ = texts(300)
    centres = build_centres(vectors, 6, "a", NOTHING, RULES, IDENTITY)
    together = keys_of(vectors, centres)
    assert [keys_of(vectors[row : row + 1], centres)[0] for row in range(20)] == together[:20].tolist()


@pytest.mark.parametrize("rows", [0, 1])
def test_empty_batches_are_accepted(rows):
    vectors, _ = texts(300)
    centres = build_centres(vectors, 6, "a", NOTHING, RULES, IDENTITY)
    assert len(keys_of(vectors[:rows], centres)) == rows
