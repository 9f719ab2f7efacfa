from python_udfs.engine import engine_for
from python_udfs.voice.lexicon import LEXICON_SCORES, score_with_lexicon

KEY = ["text_id", "lexicon_version"]


def model(dbt, session):
    """One row per distinct redacted text: VADER's score, if it applies."""
    engine = engine_for(session)
    columns = [*KEY, "language", "text"]
    texts = engine.read(dbt.ref("texts_to_look_up"), columns, order_by=["text_id"])
    if dbt.is_incremental:
        texts = engine.anti_join(texts, dbt.this, on=KEY)
    return engine.map_batches_once(texts, score_with_lexicon, LEXICON_SCORES, dbt.this, KEY)
