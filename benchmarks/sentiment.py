"""Compares the sentiment of this project with VADER, TextBlob, SnowNLP and TF-IDF with logistic regression.

    python -m benchmarks.sentiment <folder of the data> [--limit 3000]

Reads women's clothing and musical instruments (English), Chinese food deliveries, and the demo's Portuguese reviews,
which are generated; sets that aren't there are left out. Praise is four or five stars, complaint one or two. What
learns is cross-validated on the same folds. The rivals need the extra: pip install -e ".[benchmark]".
"""

import argparse
import csv
import gzip
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score, roc_auc_score

from python_udfs.voice.encoders import Encoder, load_encoder
from python_udfs.voice.language import languages_of
from python_udfs.voice.learned_sentiment import fit_sentiment, fold_of
from python_udfs.voice.lexicon import lexicon_score
from python_udfs.voice.redaction import redact, text_id
from python_udfs.voice.sentiment import score_reviews
from python_udfs.voice.unlearned_sentiment import UnlearnedSentiment
from python_udfs.voice.vectors import to_arrow

Numbers = NDArray[np.float64]

FOLDS = 5
DEMO = Path(__file__).parents[1] / "seeds" / "demo" / "reviews.csv"


@dataclass(frozen=True)
class ReviewSet:
    """Texts of one language and whether each praises (four or five stars) or complains."""

    name: str
    language: str
    texts: list[str]
    is_praise: NDArray[np.bool_]


def review_sets(data: Path, limit: int) -> Iterator[ReviewSet]:
    """The sets that are at hand, each of at most `limit` texts, those with the smallest hashes."""
    sources = [
        ("clothing", "en", data / "womens_clothing" / "womens_clothing_reviews.csv.gz", ("Title", "Review Text"),
        "Rating"), ("instruments", "en", data / "amazon_musical" / "musical_instruments_5core.csv.gz", ("summary",
        "reviewText"), "overall"), ("deliveries", "zh", data / "waimai_10k" / "waimai_10k.csv.gz", ("review",),
        "label"), ("demo", "pt", DEMO, ("title", "body"), "rating"),
    ]  # fmt: skip
    for name, language, path, columns, stars in sources:
        if path.exists():
            rated = [
                (redact("\n".join(filter(None, (row[column] for column in columns)))), _stars(row[stars], stars))
                for row in _rows(path)
            ]
            chosen = sorted(
                {text: rating for text, rating in rated if text and rating and rating != 3}.items(), key=_hash
            )
            if path == DEMO:
                chosen = _in_language(chosen, language)
            texts, ratings = zip(*chosen[:limit], strict=True)
            yield ReviewSet(name, language, list(texts), np.array(ratings) > 3)


def methods_of(reviews: ReviewSet, encoder: Encoder) -> dict[str, Callable[[], Numbers]]:
    """By name, what gives a score for each text: above 0 is praise."""
    ours = _batch(reviews, encoder)
    methods = {
        "ours, with stars": lambda: _ours(ours, encoder, learn=True),
        "TF-IDF and logistic regression": lambda: _tfidf(reviews),
        "ours, without stars": lambda: _ours(ours, encoder, learn=False),
    }
    if reviews.language == "en":
        methods |= {"VADER": lambda: _vader(reviews.texts), "TextBlob": lambda: _textblob(reviews.texts)}
    if reviews.language == "zh":
        methods |= {"SnowNLP": lambda: _snownlp(reviews.texts)}
    if reviews.language == "pt":
        methods |= {"VADER": lambda: _vader(reviews.texts)}
    return methods


def figures(is_praise: NDArray[np.bool_], score: Numbers) -> tuple[float, float, float]:
    """Accuracy, area under the ROC curve, macro F1."""
    told = score > 0
    macro_f1 = f1_score(is_praise, told, average="macro")
    return float(np.mean(told == is_praise)), float(roc_auc_score(is_praise, score)), float(macro_f1)


def main() -> None:
    """Print a row for each set and method."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--limit", type=int, default=3_000)
    arguments = parser.parse_args()
    encoder = load_encoder("builtin:use-multilingual")
    print("| set | method | accuracy | AUC | macro F1 |\n|---|---|---|---|---|")
    for reviews in review_sets(arguments.data, arguments.limit):
        print_figures(reviews, encoder)


def print_figures(reviews: ReviewSet, encoder: Encoder) -> None:
    """Print a set's rows; a rival that isn't installed has none."""
    for method, score in methods_of(reviews, encoder).items():
        try:
            told = " | ".join(f"{value:.3f}" for value in figures(reviews.is_praise, score()))
        except ImportError as missing:
            told = f"needs {missing.name} | | "
        name = f"{reviews.name} ({reviews.language}), {len(reviews.texts):,}"
        print(f"| {name} | {method} | {told} |", flush=True)


def _rows(path: Path) -> list[dict[str, str]]:
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8", newline="", errors="replace") as file:
        return list(csv.DictReader(file))


def _stars(value: str, column: str) -> float | None:
    """A label of 0 or 1 is one star or five; what is no number of stars is none."""
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None
    return 1 + 4 * number if column == "label" else number if 1 <= number <= 5 else None


def _hash(pair: tuple[str, float]) -> str:
    return text_id(pair[0])


def _in_language(rated: list[tuple[str, float]], language: str) -> list[tuple[str, float]]:
    told = languages_of([text for text, _ in rated], ["en", "es", "pt", "zh"], least_confidence=0.5)
    return [pair for pair, one in zip(rated, told, strict=True) if one.language == language]


def _batch(reviews: ReviewSet, encoder: Encoder) -> pa.RecordBatch:
    """What reviews_to_score holds of them."""
    columns = {
        "review_id": [f"{number:06}" for number in range(len(reviews.texts))],
        "text_id": [text_id(text) for text in reviews.texts],
        "text": reviews.texts,
        "language": [reviews.language] * len(reviews.texts),
        "rating": np.where(reviews.is_praise, 5.0, 1.0),
        "vader_compound": pa.array([lexicon_score(text, reviews.language) for text in reviews.texts], pa.float64()),
        "embedding": to_arrow(encoder.encode(reviews.texts)),
    }
    return pa.RecordBatch.from_pydict(columns)


def _ours(batch: pa.RecordBatch, encoder: Encoder, learn: bool) -> Numbers:
    unlearned = UnlearnedSentiment(encoder)
    language = batch["language"][0].as_py()
    models = fit_sentiment(pa.Table.from_batches([batch]), FOLDS, 50, unlearned) if learn else None
    scored = score_reviews({language: models} if models else {}, unlearned)(batch)
    # Which stars a review has is asked of the probability; sentiment knows nothing of how frequent praise is.
    return scored["positive_probability"].to_numpy() - 0.5


def _tfidf(reviews: ReviewSet) -> Numbers:
    """Words and pairs of them; of Chinese, characters and pairs."""
    words = TfidfVectorizer(
        analyzer="char" if reviews.language == "zh" else "word", ngram_range=(1, 2), min_df=2, sublinear_tf=True
    )
    features = words.fit_transform(reviews.texts)
    fold = np.array([fold_of(text_id(text), FOLDS) for text in reviews.texts])
    scores = np.zeros(len(fold))
    for held_out in range(FOLDS):
        model = LogisticRegression(C=10, class_weight="balanced", max_iter=2_000)
        model.fit(features[fold != held_out], reviews.is_praise[fold != held_out])
        scores[fold == held_out] = model.decision_function(features[fold == held_out])
    return scores


def _vader(texts: list[str]) -> Numbers:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    analyzer = SentimentIntensityAnalyzer()
    return np.array([analyzer.polarity_scores(text)["compound"] for text in texts])


def _textblob(texts: list[str]) -> Numbers:
    from textblob import TextBlob

    return np.array([TextBlob(text).sentiment.polarity for text in texts])


def _snownlp(texts: list[str]) -> Numbers:
    from snownlp import SnowNLP

    return np.array([SnowNLP(text).sentiments - 0.5 for text in texts])


if __name__ == "__main__":
    main()
