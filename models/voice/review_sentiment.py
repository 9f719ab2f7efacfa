from python_udfs.engine import engine_for
from python_udfs.voice.encoders import load_encoder
from python_udfs.voice.learned_sentiment import fit_sentiment
from python_udfs.voice.sentiment import REVIEW_SENTIMENT, score_reviews


def model(dbt, session):
    """One row per review that has text or stars: its sentiment, and which method told it."""
    engine = engine_for(session)
    columns = ["review_id", "text_id", "rating", "vader_compound", "embedding"]
    rated = engine.read(dbt.ref("rated_texts"), columns)
    learned = fit_sentiment(
        engine.sample(rated, key="review_id", limit=dbt.config.meta_get("fit_sample")),
        folds=dbt.config.meta_get("folds"),
        fewest_reviews=dbt.config.meta_get("minimum_rated_reviews"),
    )
    reviews = engine.read(dbt.ref("reviews_to_score"), [*columns, "text"])
    encoder = load_encoder(**dbt.config.meta_get("encoder"))
    return engine.map_batches(reviews, score_reviews(learned, encoder), REVIEW_SENTIMENT)
