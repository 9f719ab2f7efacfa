from functools import partial

from python_udfs.engine import engine_for
from python_udfs.voice.embedding import embed_texts, text_embedding_schema
from python_udfs.voice.encoders import load_encoder

KEY = ["text_id", "encoder"]


def model(dbt, session):
    """One row per distinct redacted text: its unit-length vector, and the encoder it's from."""
    engine = engine_for(session)
    texts = engine.read(dbt.ref("distinct_texts"), [*KEY, "text"], order_by=["text_id"])
    if dbt.is_incremental:
        texts = engine.anti_join(texts, dbt.this, on=KEY)
    encoder = load_encoder(**dbt.config.meta_get("encoder"))
    schema = text_embedding_schema(encoder.dimensions)
    return engine.map_batches_once(texts, partial(embed_texts, encoder), schema, dbt.this, KEY)
