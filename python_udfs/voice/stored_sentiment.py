"""The fitted models of sentiment as a table, so that whatever is scored later is scored by the same numbers."""

import numpy as np
import pyarrow as pa

from python_udfs.voice.learned_sentiment import LearnedSentiment, fold_of

SENTIMENT_MODEL = pa.schema(
    [
        pa.field("held_out_fold", pa.int64()),
        pa.field("weights", pa.list_(pa.float64())),
        pa.field("intercept", pa.float64()),
        pa.field("log_odds", pa.float64()),
        pa.field("fitted_texts", pa.list_(pa.string())),
    ]
)


def sentiment_table(learned: LearnedSentiment | None) -> pa.Table:
    """SENTIMENT_MODEL: a row for each fold, the model fitted without it, and a last one, fold null: their mean.

    fitted_texts: the keys of the fold's own texts whose stars the other models saw. No rows if nothing was learned.
    """
    if learned is None:
        return SENTIMENT_MODEL.empty_table()
    folds = len(learned.weights) - 1
    texts: list[list[str]] = [[] for _ in range(folds + 1)]
    for text in sorted(learned.fitted_texts):
        texts[fold_of(text, folds)].append(text)
    columns = [[*range(folds), None], list(learned.weights), learned.offsets, learned.log_odds, texts]
    return pa.table(
        [pa.array(column, field.type) for column, field in zip(columns, SENTIMENT_MODEL, strict=True)],
        schema=SENTIMENT_MODEL,
    )


def learned_from(table: pa.Table) -> LearnedSentiment | None:
    """What `sentiment_table` was made of, to the last bit; None of an empty table."""
    if not table.num_rows:
        return None
    rows = table.sort_by([("held_out_fold", "ascending")]).to_pylist()
    return LearnedSentiment(
        weights=np.array([row["weights"] for row in rows]),
        offsets=np.array([row["intercept"] for row in rows]),
        log_odds=np.array([row["log_odds"] for row in rows]),
        fitted_texts=frozenset(text for row in rows for text in row["fitted_texts"]),
    )
