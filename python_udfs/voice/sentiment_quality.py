"""How far sentiment may be trusted: figures and a reliability table for each language, and for all together."""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from python_udfs.voice.learned_sentiment import FEWEST_STARS_OF_PRAISE, MOST_STARS_OF_COMPLAINT

Numbers = NDArray[np.float64]

ALL = "all"
DECIMALS = 6

SENTIMENT_QUALITY = pa.schema(
    [
        pa.field("language", pa.string()),
        pa.field("sentiment_method", pa.string()),
        pa.field("bin", pa.int64()),
        pa.field("reviews", pa.int64()),
        pa.field("praise_count", pa.int64()),
        pa.field("complaint_count", pa.int64()),
        pa.field("predicted_positive_share", pa.float64()),
        pa.field("observed_positive_share", pa.float64()),
        pa.field("area_under_curve", pa.float64()),
        pa.field("macro_f1", pa.float64()),
        pa.field("pearson", pa.float64()),
        pa.field("calibration_error", pa.float64()),
    ]
)


def sentiment_quality(rated: pa.Table, bins: int, fewest_of_each_kind: int) -> pa.Table:
    """Rows of SENTIMENT_QUALITY: per language and method, per language, and for all; each as a whole (bin null) and
    per bin.

    rated: review_id, language, rating, sentiment, positive_probability, sentiment_method of reviews with text and
    stars. bins: of equal width in the probability; empty ones have no row. fewest_of_each_kind: with fewer reviews of
    praise or of complaint a figure is luck, and null.
    """
    rated = rated.sort_by([("review_id", "ascending")])
    language, method = (np.array(rated[name].to_pylist(), dtype=object) for name in ("language", "sentiment_method"))
    every = np.ones(len(language), dtype=bool)
    groups = {(ALL, ALL): every}
    groups |= {(one, ALL): language == one for one in sorted(set(language))}
    groups |= {
        (one, how): (language == one) & (method == how) for one, how in sorted(set(zip(language, method, strict=True)))
    }
    rows = []
    for (one, how), members in groups.items():
        figures = _figures(rated.filter(pa.array(members)), bins, fewest_of_each_kind)
        rows += [{"language": one, "sentiment_method": how, **row} for row in figures]
    return pa.Table.from_pylist(rows, schema=SENTIMENT_QUALITY)


def _figures(rated: pa.Table, bins: int, fewest_of_each_kind: int) -> list[dict[str, object]]:
    """The row of a group as a whole, and one for each bin of its reliability table."""
    stars, sentiment, probability = (
        rated[name].to_numpy().astype(float) for name in ("rating", "sentiment", "positive_probability")
    )
    judged = (stars >= FEWEST_STARS_OF_PRAISE) | (stars <= MOST_STARS_OF_COMPLAINT)
    is_praise, told = stars[judged] >= FEWEST_STARS_OF_PRAISE, probability[judged]
    bin_of = np.minimum((told * bins).astype(int), bins - 1)
    in_bins = [_counted(is_praise[bin_of == one], told[bin_of == one], one) for one in sorted(set(bin_of.tolist()))]
    whole = {**_counted(is_praise, told, None), "reviews": len(stars)}
    if min(whole["praise_count"], whole["complaint_count"]) >= fewest_of_each_kind:
        whole |= _agreement(is_praise, told, stars, sentiment)
        errors = [
            row["reviews"] * abs(row["predicted_positive_share"] - row["observed_positive_share"]) for row in in_bins
        ]
        whole["calibration_error"] = round(sum(errors) / len(told), DECIMALS)
    return [whole, *in_bins]


def _counted(is_praise: NDArray[np.bool_], told: Numbers, number: int | None) -> dict[str, object]:
    return {
        "bin": number,
        "reviews": len(told),
        "praise_count": int(is_praise.sum()),
        "complaint_count": int((~is_praise).sum()),
        "predicted_positive_share": round(float(told.mean()), DECIMALS) if len(told) else None,
        "observed_positive_share": round(float(is_praise.mean()), DECIMALS) if len(told) else None,
    }


def _agreement(is_praise: NDArray[np.bool_], told: Numbers, stars: Numbers, sentiment: Numbers) -> dict[str, float]:
    """Area under the ROC curve and macro F1 of praise against complaint; Pearson's correlation with all stars."""
    from sklearn.metrics import f1_score, roc_auc_score

    constant = np.ptp(stars) == 0 or np.ptp(sentiment) == 0
    return {
        "area_under_curve": round(float(roc_auc_score(is_praise, told)), DECIMALS),
        "macro_f1": round(float(f1_score(is_praise, told > 0.5, average="macro")), DECIMALS),
        "pearson": None if constant else round(float(np.corrcoef(sentiment, stars)[0, 1]), DECIMALS),
    }
