from python_udfs.engine import engine_for
from python_udfs.voice.encoders import load_encoder
from python_udfs.voice.sentiment import REVIEW_SENTIMENT, score_reviews
from python_udfs.voice.stored_sentiment import SENTIMENT_MODEL, learned_from
from python_udfs.voice.unlearned_sentiment import UnlearnedSentiment


def model(dbt, session):
    """One row per review that has text or stars: its sentiment, and which method told it."""
    engine = engine_for(session)
    unlearned = UnlearnedSentiment(load_encoder(**dbt.config.meta_get("encoder")))
    stored = engine.collect(engine.read(dbt.ref("sentiment_model"), SENTIMENT_MODEL.names))
    columns = ["review_id", "text_id", "rating", "text", "language", "vader_compound", "embedding"]
    reviews = engine.read(dbt.ref("reviews_to_score"), columns)
    return engine.map_batches(reviews, score_reviews(learned_from(stored, unlearned), unlearned), REVIEW_SENTIMENT)
