from python_udfs.engine import engine_for
from python_udfs.voice.topics.label_providers import label_provider_named
from python_udfs.voice.topics.labels import TOPIC_LABELS, label_topics
from python_udfs.voice.topics.sheets import KEYWORD_COLUMNS, LANGUAGE_COLUMNS, QUOTE_COLUMNS, topic_sheets


def model(dbt, session):
    """One row per topic: its label, made of its own words. What still holds of the last build is kept."""
    engine = engine_for(session)
    centres = engine.collect(engine.read(dbt.ref("topic_centres"), ["topic_key"], order_by=["topic_key"]))
    last_build = engine.read(dbt.this, TOPIC_LABELS.names) if engine.exists(dbt.this) else None
    sheets = topic_sheets(
        keywords=engine.collect(engine.read(dbt.ref("topic_terms"), KEYWORD_COLUMNS)),
        quotes=engine.collect(engine.read(dbt.ref("topic_quotes"), QUOTE_COLUMNS)),
        languages=engine.collect(engine.read(dbt.ref("topic_languages"), LANGUAGE_COLUMNS)),
        topic_keys=centres.column("topic_key").to_pylist(),
    )
    return engine.rows(
        label_topics(
            sheets,
            previous=None if last_build is None else engine.collect(last_build),
            provider=label_provider_named(**dbt.config.meta_get("provider")),
            edition=dbt.config.meta_get("edition"),
        )
    )
