from python_udfs.engine import engine_for
from python_udfs.voice.clauses import REVIEW_CLAUSES, split_into_clauses


def model(dbt, session):
    """One row per distinct redacted text and clause of it."""
    engine = engine_for(session)
    texts = engine.read(dbt.ref("texts_to_look_up"), ["text_id", "text", "language"], order_by=["text_id"])
    return engine.map_batches(texts, split_into_clauses, REVIEW_CLAUSES)
