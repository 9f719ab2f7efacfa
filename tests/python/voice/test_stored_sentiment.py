import numpy as np

from python_udfs.voice.learned_sentiment import LearnedSentiment, fold_of
from python_udfs.voice.stored_sentiment import SENTIMENT_MODEL, learned_from, sentiment_table

LEARNED = LearnedSentiment(
    weights=np.array([[0.1, 1 / 3, -2], [1e-17, 0.2, 7], [0.05, 0.3, 2.5]]),
    offsets=np.array([0.1, -0.2, 1 / 7]),
    log_odds=np.array([2.0, 1.9, 1.95]),
    fitted_texts=frozenset({"a", "b", "c", "d"}),
)


def test_a_stored_model_is_the_fitted_one_to_the_last_bit_whatever_the_order_of_its_rows() -> None:
    table = sentiment_table(LEARNED)
    for rows in (table, table.take([2, 1, 0])):
        stored = learned_from(rows)
        for name in ("weights", "offsets", "log_odds"):
            np.testing.assert_array_equal(getattr(stored, name), getattr(LEARNED, name))
        assert stored.fitted_texts == LEARNED.fitted_texts


def test_each_fold_holds_its_own_texts_and_the_mean_none() -> None:
    rows = sentiment_table(LEARNED).to_pylist()
    assert [row["held_out_fold"] for row in rows] == [0, 1, None]
    assert all(fold_of(text, 2) == row["held_out_fold"] for row in rows for text in row["fitted_texts"])
    assert rows[-1]["fitted_texts"] == []


def test_nothing_learned_is_no_row() -> None:
    table = sentiment_table(None)
    assert table.schema == SENTIMENT_MODEL
    assert table.num_rows == 0
    assert learned_from(table) is None
