from python_udfs.engine import engine_for
from python_udfs.voice.encoders import load_encoder
from python_udfs.voice.learned_sentiment import fit_languages
from python_udfs.voice.sentiment import REVIEW_SENTIMENT, score_reviews
from python_udfs.voice.unlearned_sentiment import UnlearnedSentiment


def model(dbt, session):
    """One row per review that has text or stars: its sentiment, and which method told it."""
    engine = engine_for(session)
    columns = ["review_id", "text_id", "rating", "text", "language", "vader_compound", "embedding"]
    rated = engine.read(dbt.ref("rated_texts"), columns)
    unlearned = UnlearnedSentiment(load_encoder(**dbt.config.meta_get("encoder")))
    learned = fit_languages(
        engine.sample(rated, key="review_id", limit=dbt.config.meta_get("fit_sample")),
        folds=dbt.config.meta_get("folds"),
        fewest_reviews=dbt.config.meta_get("minimum_rated_reviews"),
        unlearned=unlearned,
    )
    reviews = engine.read(dbt.ref("reviews_to_score"), columns, order_by=["review_id"])
    return engine.map_batches(reviews, score_reviews(learned, unlearned), REVIEW_SENTIMENT)
