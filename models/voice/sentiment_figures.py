from python_udfs.engine import engine_for
from python_udfs.voice.sentiment_quality import sentiment_quality


def model(dbt, session):
    """One row per language and method, and per bin of its reliability table: how well sentiment tells the stars."""
    engine = engine_for(session)
    columns = ["review_id", "language", "rating", "sentiment", "positive_probability", "sentiment_method"]
    scored = engine.sample(
        engine.read(dbt.ref("scored_texts"), columns), key="review_id", limit=dbt.config.meta_get("sample")
    )
    figures = sentiment_quality(
        scored, bins=dbt.config.meta_get("bins"), fewest_of_each_kind=dbt.config.meta_get("fewest_of_each_kind")
    )
    return engine.rows(figures)
