from python_udfs.engine import engine_for
from python_udfs.voice.topics.assignment import TEXT_TOPICS, assign_topics


def model(dbt, session):
    """One row per distinct redacted text: its topic, and how near it is."""
    engine = engine_for(session)
    centres = engine.collect(
        engine.read(dbt.ref("topic_centres"), ["topic_key", "centre", "reach"], order_by=["topic_key"])
    )
    texts = engine.read(dbt.ref("review_embeddings"), ["text_id", "embedding"], order_by=["text_id"])
    return engine.map_batches(texts, assign_topics(centres), TEXT_TOPICS)
