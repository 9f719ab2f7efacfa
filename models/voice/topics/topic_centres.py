from python_udfs.engine import engine_for
from python_udfs.voice.topics.candidates import TopicRules
from python_udfs.voice.topics.centres import TopicIdentityRules, topic_centres
from python_udfs.voice.topics.published import PUBLISHED_TOPIC_COLUMNS


def model(dbt, session):
    """One row per topic: its key, where it lies and how far it reaches. A topic published before keeps its key."""
    engine = engine_for(session)
    texts = engine.read(dbt.ref("topic_texts"), ["text_id", "encoder", "embedding"])
    return engine.rows(
        topic_centres(
            engine.sample(texts, key="text_id", limit=dbt.config.meta_get("fit_sample")),
            engine.collect(engine.read(dbt.ref("topic_candidates"), ["topics", "chosen"])),
            engine.collect(engine.read(dbt.source("published", "topics"), PUBLISHED_TOPIC_COLUMNS)),
            TopicRules(**dbt.config.meta_get("topics")),
            TopicIdentityRules(**dbt.config.meta_get("identity")),
        )
    )
