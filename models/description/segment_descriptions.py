from python_udfs.description.descriptions import SEGMENT_DESCRIPTION, describe_segments
from python_udfs.description.facts import FACT_COLUMNS
from python_udfs.description.phrases import PHRASE_COLUMNS
from python_udfs.description.providers import provider_named
from python_udfs.engine import engine_for


def model(dbt, session):
    """One row per segment: its name, description and suggested action. What still holds of the last build is kept."""
    engine = engine_for(session)
    last_build = engine.read(dbt.this, SEGMENT_DESCRIPTION.names) if engine.exists(dbt.this) else None
    return engine.rows(
        describe_segments(
            facts=engine.collect(engine.read(dbt.ref("segment_facts"), FACT_COLUMNS)),
            phrases=engine.collect(engine.read(dbt.ref("description_phrases"), PHRASE_COLUMNS)),
            previous=None if last_build is None else engine.collect(last_build),
            provider=provider_named(**dbt.config.meta_get("provider")),
            edition=dbt.config.meta_get("edition"),
        )
    )
