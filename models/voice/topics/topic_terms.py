from python_udfs.engine import engine_for
from python_udfs.voice.topics.keywords import keywords_table
from python_udfs.voice.topics.rules import TOPIC_WORD_COLUMNS, term_rules


def model(dbt, session):
    """One row per topic, language, kind and place: a keyword or phrase that tells the topic from the others."""
    engine = engine_for(session)
    centres = engine.collect(engine.read(dbt.ref("topic_centres"), ["topic_key"], order_by=["topic_key"]))
    texts = engine.read(dbt.ref("texts_with_topics"), ["text_id", "text", "language", "topic_key"])
    words = engine.collect(engine.read(dbt.ref("topic_words"), TOPIC_WORD_COLUMNS))
    return engine.rows(
        keywords_table(
            engine.sample(texts, key="text_id", limit=dbt.config.meta_get("fit_sample")),
            centres.column("topic_key").to_pylist(),
            term_rules(dbt.config.meta_get("terms"), words),
        )
    )
