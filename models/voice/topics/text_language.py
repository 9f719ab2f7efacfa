from python_udfs.engine import engine_for
from python_udfs.voice.topics.languages import TEXT_LANGUAGE, languages_of


def model(dbt, session):
    """One row per distinct redacted text: the language it's in."""
    engine = engine_for(session)
    texts = engine.read(dbt.ref("distinct_texts"), ["text_id", "text"], order_by=["text_id"])
    return engine.map_batches(texts, languages_of, TEXT_LANGUAGE)
