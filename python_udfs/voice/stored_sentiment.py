"""The fitted models of sentiment as a table, so that whatever is scored later is scored by the same numbers."""

from typing import Any

import numpy as np
import pyarrow as pa

from python_udfs.voice.learned_sentiment import LearnedSentiment, fold_of
from python_udfs.voice.sentiment_features import SentimentFeatures, stored_words
from python_udfs.voice.unlearned_sentiment import UnlearnedSentiment

SENTIMENT_MODEL = pa.schema(
    [
        pa.field("language", pa.string()),
        pa.field("held_out_fold", pa.int64()),
        pa.field("words", pa.list_(pa.string())),
        pa.field("inverse_frequencies", pa.list_(pa.float64())),
        pa.field("weights", pa.list_(pa.float64())),
        pa.field("intercept", pa.float64()),
        pa.field("slope", pa.float64()),
        pa.field("shift", pa.float64()),
        pa.field("log_odds", pa.float64()),
        pa.field("fitted_texts", pa.list_(pa.string())),
    ]
)


def sentiment_table(learned: dict[str, LearnedSentiment]) -> pa.Table:
    """SENTIMENT_MODEL: per language a row for each fold, the model fitted without it, and a last one, fold null.

    That one is their mean, and has the words. fitted_texts: the keys of the fold's own texts, whose stars the other
    models saw. No rows for what wasn't learned.
    """
    rows = [row for language in sorted(learned) for row in _rows(language, learned[language])]
    return pa.Table.from_pylist(rows, schema=SENTIMENT_MODEL)


def learned_from(table: pa.Table, unlearned: UnlearnedSentiment) -> dict[str, LearnedSentiment]:
    """What `sentiment_table` was made of, to the last bit. unlearned: what tells sentiment without stars."""
    rows = table.sort_by([("language", "ascending"), ("held_out_fold", "ascending")]).to_pylist()
    languages = sorted({row["language"] for row in rows})
    return {one: _learned([row for row in rows if row["language"] == one], unlearned) for one in languages}


def _rows(language: str, learned: LearnedSentiment) -> list[dict[str, Any]]:
    folds = len(learned.weights) - 1
    texts: list[list[str]] = [[] for _ in range(folds + 1)]
    for text in sorted(learned.fitted_texts):
        texts[fold_of(text, folds)].append(text)
    rows = [
        {
            "language": language,
            "held_out_fold": fold if fold < folds else None,
            "weights": learned.weights[fold],
            "intercept": learned.offsets[fold],
            "slope": learned.slopes[fold],
            "shift": learned.shifts[fold],
            "log_odds": learned.log_odds[fold],
            "fitted_texts": texts[fold],
        }
        for fold in range(folds + 1)
    ]
    words = learned.features.words
    rows[-1] |= {"words": words.get_feature_names_out().tolist(), "inverse_frequencies": words.idf_}
    return rows


def _learned(rows: list[dict[str, Any]], unlearned: UnlearnedSentiment) -> LearnedSentiment:
    """rows: of one language, the one without a fold last."""
    numbers = {name: np.array([row[name] for row in rows]) for name in ("intercept", "slope", "shift", "log_odds")}
    words = stored_words(rows[-1]["words"], np.array(rows[-1]["inverse_frequencies"]))
    return LearnedSentiment(
        features=SentimentFeatures(words, unlearned),
        weights=np.array([row["weights"] for row in rows]),
        offsets=numbers["intercept"],
        slopes=numbers["slope"],
        shifts=numbers["shift"],
        log_odds=numbers["log_odds"],
        fitted_texts=frozenset(text for row in rows for text in row["fitted_texts"]),
    )
