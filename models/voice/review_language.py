from functools import partial

from python_udfs.engine import engine_for
from python_udfs.voice.language import REVIEW_LANGUAGE, detect_languages

KEY = ["text_id", "language_version"]


def model(dbt, session):
    """One row per distinct redacted text: its language, and how certain that is."""
    engine = engine_for(session)
    texts = engine.read(dbt.ref("distinct_texts"), [*KEY, "text"], order_by=["text_id"])
    if dbt.is_incremental:
        texts = engine.anti_join(texts, dbt.this, on=KEY)
    detect = partial(detect_languages, dbt.config.meta_get("languages"), dbt.config.meta_get("least_confidence"))
    return engine.map_batches_once(texts, detect, REVIEW_LANGUAGE, dbt.this, KEY)
