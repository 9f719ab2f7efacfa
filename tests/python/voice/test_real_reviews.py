"""What sentiment is worth on reviews of real shops, where they are at hand; docstrings say what all rows gave."""

from collections.abc import Callable

import numpy as np
import pyarrow as pa
from sklearn.metrics import balanced_accuracy_score, f1_score, roc_auc_score

from python_udfs.voice.encoders import Encoder
from python_udfs.voice.language import languages_of
from python_udfs.voice.learned_sentiment import fit_languages
from python_udfs.voice.lexicon import score_with_lexicon
from python_udfs.voice.redaction import redact, text_id
from python_udfs.voice.sentiment import score_reviews
from python_udfs.voice.unlearned_sentiment import UnlearnedSentiment
from python_udfs.voice.vectors import to_arrow

LANGUAGES = ["de", "en", "es", "fr", "it", "nl", "pt", "zh"]
Reviews = Callable[[str], list[dict[str, str]]]


def review_batch(reviews: list[tuple[str, float]], encoder: Encoder) -> pa.RecordBatch:
    """What reviews_to_score holds of raw texts and their stars."""
    texts = [redact(text) for text, _ in reviews]
    keys = pa.array([text_id(text) for text in texts], pa.string())
    languages = pa.array([told.language for told in languages_of(texts, LANGUAGES, least_confidence=0.5)], pa.string())
    names = ["text_id", "lexicon_version", "language", "text"]
    documents = pa.RecordBatch.from_arrays([keys, keys, languages, pa.array(texts)], names=names)
    columns = {
        "review_id": pa.array([f"{number:06}" for number in range(len(texts))]),
        "text_id": keys,
        "text": pa.array(texts),
        "language": languages,
        "rating": pa.array([stars for _, stars in reviews], pa.float64()),
        "vader_compound": score_with_lexicon()(documents)["vader_compound"],
        "embedding": to_arrow(encoder.encode(texts)),
    }
    return pa.RecordBatch.from_arrays(list(columns.values()), names=list(columns))


def figures(batch: pa.RecordBatch, encoder: Encoder, fewest_reviews: int = 50) -> tuple[float, float, float]:
    """AUC, macro F1 and balanced accuracy of praise (4, 5 stars) against complaint (1, 2), cross-fitted."""
    unlearned = UnlearnedSentiment(encoder)
    learned = fit_languages(pa.Table.from_batches([batch]), folds=5, fewest_reviews=fewest_reviews, unlearned=unlearned)
    sentiment = score_reviews(learned, unlearned)(batch)["sentiment"].to_numpy()
    stars = batch["rating"].to_numpy()
    is_praise, told = stars[stars != 3] > 3, sentiment[stars != 3]
    return (
        float(roc_auc_score(is_praise, told)),
        float(f1_score(is_praise, told > 0, average="macro")),
        float(balanced_accuracy_score(is_praise, told > 0)),
    )


def test_clothing_sentiment_follows_the_stars(real_reviews: Reviews, multilingual: Encoder) -> None:
    """Every third review, 7,547: AUC .976 and macro F1 .84 cross-fitted; without stars .925, 84% balanced accuracy."""
    rows = [row for row in real_reviews("womens_clothing/womens_clothing_reviews.csv.gz") if row["Review Text"]]
    reviews = [(f"{row['Title']}\n{row['Review Text']}", float(row["Rating"])) for row in rows[::15]]
    batch = review_batch(reviews, multilingual)
    area, macro_f1, _ = figures(batch, multilingual)
    assert area >= 0.95
    assert macro_f1 >= 0.78
    area, _, accuracy = figures(batch, multilingual, fewest_reviews=10**6)
    assert area >= 0.90
    assert accuracy >= 0.81


def test_chinese_sentiment_follows_the_labels(real_reviews: Reviews, multilingual: Encoder) -> None:
    """All 11,987 reviews: AUC .950 cross-fitted. Without stars .875, and 80% balanced accuracy."""
    rows = real_reviews("waimai_10k/waimai_10k.csv.gz")
    batch = review_batch([(row["review"], 1 + 4 * float(row["label"])) for row in rows[::3]], multilingual)
    assert figures(batch, multilingual)[0] >= 0.93
    area, _, accuracy = figures(batch, multilingual, fewest_reviews=10**6)
    assert area >= 0.86
    assert accuracy >= 0.78


def test_musical_instruments_sentiment_follows_the_stars_though_complaints_are_rare(
    real_reviews: Reviews, multilingual: Encoder
) -> None:
    """450 complaints and as many of praise: AUC .943 cross-fitted, .894 without stars, .80 of VADER alone."""
    rows = real_reviews("amazon_musical/musical_instruments_5core.csv.gz")
    complaints = [row for row in rows if float(row["overall"]) <= 2][::2]
    others = [row for row in rows if float(row["overall"]) > 2][::14]
    reviews = [(f"{row['summary']}\n{row['reviewText']}", float(row["overall"])) for row in complaints + others]
    batch = review_batch(reviews, multilingual)
    assert figures(batch, multilingual)[0] >= 0.88
    assert figures(batch, multilingual, fewest_reviews=10**6)[0] >= 0.85


def test_real_reviews_are_rarely_redacted_by_mistake(real_reviews: Reviews) -> None:
    """In one clothing review in ten and all Chinese ones: three telephone numbers, and nothing else."""
    clothing = real_reviews("womens_clothing/womens_clothing_reviews.csv.gz")[::10]
    chinese = real_reviews("waimai_10k/waimai_10k.csv.gz")
    texts = [row["Review Text"] for row in clothing] + [row["review"] for row in chinese]
    redacted = np.array([redact(text) for text in texts])
    assert sum("<PHONE>" in text for text in redacted) == 3
    assert not any(kind in text for text in redacted for kind in ("<CARD>", "<ID>", "<IP>", "<EMAIL>", "<URL>"))
