from python_udfs.engine import engine_for
from python_udfs.voice.lexicon import LEXICON_SCORES, score_with_lexicon


def model(dbt, session):
    """One row per distinct redacted text: VADER's score, if it applies."""
    engine = engine_for(session)
    columns = ["text_id", "lexicon_version", "language", "text"]
    texts = engine.read(dbt.ref("texts_to_look_up"), columns, order_by=["text_id"])
    if dbt.is_incremental:
        texts = engine.anti_join(texts, dbt.this, on=["text_id", "lexicon_version"])
    return engine.map_batches(texts, score_with_lexicon(engine.count(texts)), LEXICON_SCORES)
