from python_udfs.engine import engine_for
from python_udfs.voice.encoders import load_encoder
from python_udfs.voice.learned_sentiment import fit_languages
from python_udfs.voice.stored_sentiment import sentiment_table
from python_udfs.voice.unlearned_sentiment import UnlearnedSentiment


def model(dbt, session):
    """One row per language and fold, and one for new texts: coefficients from the shop's own stars, if not too few."""
    engine = engine_for(session)
    columns = ["review_id", "text_id", "rating", "text", "language", "vader_compound", "embedding"]
    rated = engine.read(dbt.ref("rated_texts"), columns)
    learned = fit_languages(
        engine.sample(rated, key="review_id", limit=dbt.config.meta_get("fit_sample")),
        folds=dbt.config.meta_get("folds"),
        fewest_reviews=dbt.config.meta_get("minimum_rated_reviews"),
        unlearned=UnlearnedSentiment(load_encoder(**dbt.config.meta_get("encoder"))),
    )
    return engine.rows(sentiment_table(learned))
