from python_udfs.engine import engine_for
from python_udfs.voice.topics.quotes import QUOTABLE_COLUMNS, choose_quotes


def model(dbt, session):
    """One row per topic and place: a redacted quote that is typical of it, in other words than the others."""
    engine = engine_for(session)
    candidates = engine.collect(engine.read(dbt.ref("quotable_texts"), QUOTABLE_COLUMNS))
    return engine.rows(
        choose_quotes(candidates, quotes=dbt.config.meta_get("quotes"), longest=dbt.config.meta_get("characters"))
    )
