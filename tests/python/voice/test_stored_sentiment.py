import numpy as np
import pyarrow as pa
import pytest

from python_udfs.voice.learned_sentiment import LearnedSentiment, fit_languages, fold_of
from python_udfs.voice.stored_sentiment import SENTIMENT_MODEL, learned_from, sentiment_table
from python_udfs.voice.unlearned_sentiment import UnlearnedSentiment
from python_udfs.voice.vectors import to_arrow, unit_vectors

FOLDS, WIDTH, COUNT = 3, 4, 240


class NumberedEncoder:
    """Stands for an encoder: vectors by the length of the text."""

    identity, dimensions = "numbered", WIDTH

    def encode(self, texts: list[str]) -> np.ndarray:
        numbers = np.array([[len(text), 1, len(text) % 3, len(text) % 5] for text in texts], float)
        return unit_vectors(numbers, len(texts), WIDTH, self.identity)


UNLEARNED = UnlearnedSentiment(NumberedEncoder())


@pytest.fixture(scope="module")
def rated() -> pa.Table:
    """Reviews in two languages whose stars show in words and vectors."""
    random = np.random.default_rng(3)
    praise = random.random(COUNT) < 0.6
    vectors = random.normal(size=(COUNT, WIDTH)) + praise[:, None]
    words = np.where(praise, "lovely fit", "broken zip")
    return pa.table(
        {
            "review_id": [f"r{number:03}" for number in range(COUNT)],
            "text_id": [f"{number * 7919:08x}" for number in range(COUNT)],
            "text": [f"{word} colour {number % 9}" for number, word in enumerate(words)],
            "language": [("en", "de")[number % 2] for number in range(COUNT)],
            "rating": np.where(praise, 5.0, 1.0),
            "vader_compound": [None if number % 5 else 0.25 for number in range(COUNT)],
            "embedding": to_arrow(unit_vectors(vectors, COUNT, WIDTH, "test")),
        }
    )


@pytest.fixture(scope="module")
def learned(rated: pa.Table) -> dict[str, LearnedSentiment]:
    return fit_languages(rated, FOLDS, 50, UNLEARNED)


def test_what_is_stored_scores_as_what_was_fitted_to_the_last_bit_whatever_the_order_of_its_rows(rated, learned):
    table = sentiment_table(learned)
    batch = rated.combine_chunks().to_batches()[0]
    for rows in (table, table.take(list(reversed(range(table.num_rows))))):
        stored = learned_from(rows, UNLEARNED)
        assert set(stored) == {"de", "en"}
        for language, models in stored.items():
            for mine, fitted in zip(models.score(batch), learned[language].score(batch), strict=True):
                np.testing.assert_array_equal(mine, fitted)


def test_each_fold_holds_its_own_texts_and_the_mean_none(learned):
    rows = sentiment_table(learned).to_pylist()
    folds = [(language, fold) for language in ("de", "en") for fold in (*range(FOLDS), None)]
    assert [(row["language"], row["held_out_fold"]) for row in rows] == folds
    assert all(fold_of(text, FOLDS) == row["held_out_fold"] for row in rows for text in row["fitted_texts"])
    assert sum(len(row["fitted_texts"]) for row in rows) == COUNT


def test_the_words_stand_once_per_language_and_each_has_a_weight(learned):
    for row in sentiment_table(learned).to_pylist():
        assert (row["words"] is None) == (row["held_out_fold"] is not None)
        if row["words"]:
            assert row["words"] == sorted(row["words"])
            assert len(row["weights"]) == WIDTH + 3 + len(row["words"])


def test_nothing_learned_is_no_row():
    table = sentiment_table({})
    assert table.schema == SENTIMENT_MODEL
    assert table.num_rows == 0
    assert learned_from(table, UNLEARNED) == {}
