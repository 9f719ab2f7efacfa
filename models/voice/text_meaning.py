from python_udfs.engine import engine_for
from python_udfs.voice.meaning import MEANING_SCHEMA, fit_meaning, meanings


def model(dbt, session):
    """One row per distinct redacted text: where it lies on the axes along which the shop's texts differ most."""
    engine = engine_for(session)
    vectors = engine.read(dbt.ref("review_embeddings"), ["text_id", "embedding"])
    axes = fit_meaning(
        engine.sample(vectors, key="text_id", limit=dbt.config.meta_get("fit_sample")),
        variance_share=dbt.config.meta_get("variance_share"),
    )
    return engine.map_batches(vectors, meanings(axes), MEANING_SCHEMA)
