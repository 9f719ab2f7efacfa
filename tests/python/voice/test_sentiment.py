import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from python_udfs.voice.encoders import Encoder
from python_udfs.voice.learned_sentiment import LearnedSentiment, fit_languages, fit_sentiment, fold_of
from python_udfs.voice.redaction import text_id
from python_udfs.voice.sentiment import REVIEW_SENTIMENT, score_reviews
from python_udfs.voice.unlearned_sentiment import UnlearnedSentiment
from python_udfs.voice.vectors import to_arrow, unit_vectors

WIDTH = 6
FOLDS = 4


class LetterEncoder:
    """Stands for an encoder: a vector of the first letters."""

    identity, dimensions = "letters", WIDTH

    def encode(self, texts: list[str]) -> np.ndarray:
        letters = np.array([[ord(letter) % 7 - 3 for letter in text.ljust(WIDTH)[:WIDTH]] for text in texts], float)
        return unit_vectors(letters, len(texts), WIDTH, self.identity)


UNLEARNED = UnlearnedSentiment(LetterEncoder())


def reviews(count: int = 200, seed: int = 1, copies: int = 2) -> pa.Table:
    """Rated reviews whose stars show in the first dimension, each text `copies` times."""
    random = np.random.default_rng(seed)
    texts = count // copies
    praise = random.random(texts) < 0.7
    vectors = random.normal(size=(texts, WIDTH)).astype(np.float32)
    vectors[:, 0] += np.where(praise, 1.5, -1.5)
    stars = np.where(praise, random.choice([4.0, 5.0], texts), random.choice([1.0, 2.0], texts))
    row = np.arange(count) % texts
    return review_table(
        [f"text {number}" for number in row],
        stars[row],
        unit_vectors(vectors, texts, WIDTH, "test")[row],
        random.normal(size=texts)[row].clip(-1, 1),
    )


def review_table(texts, stars, vectors, compound, languages=None) -> pa.Table:
    return pa.table(
        {
            "review_id": pa.array([f"r{number:04}" for number in range(len(texts))], pa.string()),
            "text_id": pa.array([text_id(text) for text in texts], pa.string()),
            "text": pa.array(texts, pa.string()),
            "language": pa.array(languages or ["und"] * len(texts), pa.string()),
            "rating": pa.array(list(stars), pa.float64()),
            "vader_compound": pa.array(list(compound), pa.float64()),
            "embedding": to_arrow(np.asarray(vectors, np.float32)),
        }
    )


def with_stars(table: pa.Table, row: int, stars: float | None) -> pa.Table:
    ratings = table["rating"].to_pylist()
    text = table["text_id"][row]
    same = [key == text for key in table["text_id"]]
    changed = pa.array(
        [stars if is_same else rating for is_same, rating in zip(same, ratings, strict=True)], pa.float64()
    )
    return table.set_column(table.schema.get_field_index("rating"), "rating", changed)


def scored(
    table: pa.Table, learned: LearnedSentiment | None, unlearned: UnlearnedSentiment = UNLEARNED
) -> dict[str, dict[str, object]]:
    score = score_reviews({"und": learned} if learned else {}, unlearned)
    batches = [score(batch) for batch in table.to_batches()]
    return {row["review_id"]: row for row in pa.Table.from_batches(batches, REVIEW_SENTIMENT).to_pylist()}


def fitted(table: pa.Table, fewest_reviews: int = 50) -> LearnedSentiment | None:
    return fit_sentiment(table, FOLDS, fewest_reviews, UNLEARNED)


@pytest.mark.parametrize("row", [0, 7, 42])
def test_no_text_is_scored_by_a_model_that_saw_its_stars(row: int) -> None:
    table = reviews()
    flipped = with_stars(table, row, 1.0 if table["rating"][row].as_py() > 3 else 5.0)
    before, after = scored(table, fitted(table)), scored(flipped, fitted(flipped))
    text = table["text_id"][row]
    own = [review.as_py() for review, key in zip(table["review_id"], table["text_id"], strict=True) if key == text]
    assert len(own) == 2
    for review in own:
        assert before[review] == after[review]
    # The stars do count: for the texts of the other folds.
    assert any(before[review] != after[review] for review in before)


def test_scores_separate_praise_from_complaint() -> None:
    table = reviews(600)
    sentiment = np.array([row["sentiment"] for row in scored(table, fitted(table)).values()])
    praise = table["rating"].to_numpy() > 3
    assert np.mean((sentiment > 0) == praise) > 0.85
    assert sentiment.min() >= -1
    assert sentiment.max() <= 1


def test_probabilities_hold_for_the_shop_and_sentiment_does_not_lean_to_the_more_frequent_kind() -> None:
    table = reviews(4_000, copies=1)
    rows = list(scored(table, fitted(table)).values())
    probability = np.array([row["positive_probability"] for row in rows])
    praise = table["rating"].to_numpy() > 3
    for low, high in ((0.0, 0.3), (0.3, 0.7), (0.7, 1.0)):
        inside = (probability >= low) & (probability < high)
        assert abs(probability[inside].mean() - praise[inside].mean()) < 0.07
    assert all(row["positive_probability"] >= (1 + row["sentiment"]) / 2 for row in rows)


@given(st.permutations(range(120)))
@settings(max_examples=5)
def test_the_order_of_the_rows_changes_nothing(order: list[int]) -> None:
    table = reviews(120)
    shuffled = table.take(order)
    assert scored(table, fitted(table)) == scored(shuffled, fitted(shuffled))


def test_unrated_reviews_are_scored_by_the_mean_of_the_models_and_equal_texts_by_the_held_out_one() -> None:
    table = reviews()
    learned = fitted(table)
    new = review_table(
        ["never seen", "text 3"],
        [None, None],
        table["embedding"].combine_chunks().take(pa.array([3, 3])).flatten().to_numpy().reshape(2, -1),
        [None, None],
    )
    rows = scored(new, learned)
    features = learned.features.matrix(new.combine_chunks().to_batches()[0])
    held_out = fold_of(text_id("text 3"), FOLDS)
    for row, model in (("r0000", -1), ("r0001", held_out)):
        score = (features[int(row[1:])] @ learned.weights[model] + learned.offsets[model]).item()
        log_odds = learned.slopes[model] * score + learned.shifts[model]
        assert rows[row]["positive_probability"] == pytest.approx(1 / (1 + np.exp(-log_odds)), abs=1e-6)
        assert rows[row]["sentiment"] == pytest.approx(np.tanh((log_odds - learned.log_odds[model]) / 2), abs=1e-6)


def test_three_stars_teach_nothing() -> None:
    table = reviews()
    neutral = review_table(["so so"] * 30, [3.0] * 30, np.eye(30, WIDTH), [0.0] * 30)
    names = pa.array([f"n{number}" for number in range(30)], pa.string())
    both = pa.concat_tables([table, neutral.set_column(0, "review_id", names)])
    np.testing.assert_array_equal(fitted(both).weights, fitted(table).weights)


def test_too_few_reviews_or_too_few_of_one_kind_are_not_learned_from() -> None:
    assert fitted(reviews(48)) is None
    assert fitted(reviews(200), fewest_reviews=201) is None
    table = reviews(200)
    assert fitted(table.filter(pa.compute.greater(table["rating"], 3.0))) is None
    one_complaint_often = review_table(["bad"] * 60, [1.0] * 60, np.tile(-np.eye(1, WIDTH), (60, 1)), [-0.5] * 60)
    praise = table.filter(pa.compute.greater(table["rating"], 3.0))
    assert fitted(pa.concat_tables([praise, one_complaint_often])) is None


def test_no_reviews_are_not_learned_from() -> None:
    assert fitted(reviews(200).slice(0, 0)) is None


def test_fewer_than_three_folds_are_refused() -> None:
    with pytest.raises(ValueError, match="sentiment_folds must be at least 3"):
        fit_languages(reviews(), 2, 50, UNLEARNED)


def test_a_language_learns_from_its_own_stars_alone() -> None:
    english, chinese, few = (
        table.set_column(
            table.schema.get_field_index("language"), "language", pa.array([language] * len(table), pa.string())
        )
        for table, language in ((reviews(), "en"), (reviews(seed=2), "zh"), (reviews(20, seed=3), "pt"))
    )
    learned = fit_languages(pa.concat_tables([english, chinese, few]), FOLDS, 50, UNLEARNED)
    assert sorted(learned) == ["en", "zh"]
    np.testing.assert_array_equal(learned["zh"].weights, fitted(chinese).weights)
    methods = [
        row["sentiment_method"]
        for batch in pa.concat_tables([english, few]).to_batches()
        for row in score_reviews(learned, UNLEARNED)(batch).to_pylist()
    ]
    assert methods == ["learned"] * 200 + ["anchors_and_vader"] * 20


def test_without_text_the_stars_are_the_sentiment() -> None:
    table = pa.table(
        {
            "review_id": ["a", "b", "c", "d"],
            "text_id": pa.array([None] * 4, pa.string()),
            "language": pa.array([None] * 4, pa.string()),
            "text": pa.array([None] * 4, pa.string()),
            "rating": [1.0, 3.0, 5.0, 4.0],
            "vader_compound": pa.array([None] * 4, pa.float64()),
            "embedding": pa.array([None] * 4, pa.list_(pa.float32(), WIDTH)),
        }
    )
    for learned in (None, fitted(reviews())):
        rows = scored(table, learned)
        assert [row["sentiment"] for row in rows.values()] == [-1.0, 0.0, 1.0, 0.5]
        assert [row["positive_probability"] for row in rows.values()] == [0.0, 0.5, 1.0, 0.75]
        assert {row["sentiment_method"] for row in rows.values()} == {"stars"}


def test_without_enough_stars_phrases_and_what_the_lexicon_knows_tell(multilingual: Encoder) -> None:
    texts = [
        "Love it",
        "Adorei, ótimo produto",
        "Não gostei, veio quebrado",
        "很好吃，推荐",
        "太难吃了，差评",
        "Muy malo, no funciona",
    ]
    languages = ["en", "pt", "pt", "zh", "zh", "es"]
    table = review_table(texts, [None] * 6, multilingual.encode(texts), [0.6] + [None] * 5, languages)
    rows = list(scored(table, None, UnlearnedSentiment(multilingual)).values())
    assert [row["sentiment_method"] for row in rows] == ["anchors_and_vader"] + ["anchors"] * 5
    assert [row["sentiment"] > 0 for row in rows] == [True, True, False, True, False, False]
    assert all(-1 <= row["sentiment"] <= 1 for row in rows)


def test_an_empty_batch_stays_empty() -> None:
    empty = reviews().slice(0, 0).combine_chunks()
    batch = pa.RecordBatch.from_arrays([column.combine_chunks() for column in empty.columns], schema=empty.schema)
    for learned in ({}, {"und": fitted(reviews())}):
        result = score_reviews(learned, UNLEARNED)(batch)
        assert result.schema == REVIEW_SENTIMENT
        assert result.num_rows == 0


def test_another_number_of_blas_threads_changes_no_score() -> None:
    from threadpoolctl import threadpool_limits

    table = reviews(400)
    results = []
    for threads in (1, 2):
        with threadpool_limits(limits=threads):
            results.append(scored(table, fitted(table)))
    assert results[0] == results[1]
