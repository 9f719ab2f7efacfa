from python_udfs.engine import engine_for
from python_udfs.voice.learned_sentiment import fit_sentiment
from python_udfs.voice.stored_sentiment import sentiment_table


def model(dbt, session):
    """One row per fold, and one for new texts: coefficients from the shop's own stars; none if they are few."""
    engine = engine_for(session)
    rated = engine.read(dbt.ref("rated_texts"), ["review_id", "text_id", "rating", "vader_compound", "embedding"])
    learned = fit_sentiment(
        engine.sample(rated, key="review_id", limit=dbt.config.meta_get("fit_sample")),
        folds=dbt.config.meta_get("folds"),
        fewest_reviews=dbt.config.meta_get("minimum_rated_reviews"),
    )
    return engine.rows(sentiment_table(learned))
