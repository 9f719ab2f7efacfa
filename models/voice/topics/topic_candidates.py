from python_udfs.engine import engine_for
from python_udfs.voice.topics.candidates import TopicRules, topic_candidates
from python_udfs.voice.topics.published import PUBLISHED_TOPIC_COLUMNS
from python_udfs.voice.topics.rules import TOPIC_WORD_COLUMNS, term_rules


def model(dbt, session):
    """One row per number of topics that was tried: how its keywords read, and which is chosen, and why."""
    engine = engine_for(session)
    texts = engine.read(dbt.ref("topic_texts"), ["text_id", "text", "language", "encoder", "embedding"])
    words = engine.collect(engine.read(dbt.ref("topic_words"), TOPIC_WORD_COLUMNS))
    return engine.rows(
        topic_candidates(
            engine.sample(texts, key="text_id", limit=dbt.config.meta_get("fit_sample")),
            engine.collect(engine.read(dbt.source("published", "topics"), PUBLISHED_TOPIC_COLUMNS)),
            TopicRules(**dbt.config.meta_get("topics")),
            term_rules(dbt.config.meta_get("terms"), words),
        )
    )
