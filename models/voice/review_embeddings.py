from python_udfs.engine import engine_for
from python_udfs.voice.embedding import embed_texts, text_embedding_schema
from python_udfs.voice.encoders import load_encoder


def model(dbt, session):
    """One row per distinct redacted text: its unit-length vector, and the encoder it's from."""
    engine = engine_for(session)
    texts = engine.read(dbt.ref("distinct_texts"), ["text_id", "encoder", "text"], order_by=["text_id"])
    if dbt.is_incremental:
        texts = engine.anti_join(texts, dbt.this, on=["text_id", "encoder"])
    encoder = load_encoder(**dbt.config.meta_get("encoder"))
    return engine.map_batches(
        texts, embed_texts(encoder, engine.count(texts)), text_embedding_schema(encoder.dimensions)
    )
