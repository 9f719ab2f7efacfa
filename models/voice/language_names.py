from python_udfs.engine import engine_for
from python_udfs.voice.language_names import language_names


def model(dbt, session):
    """One row per language that customers may write in: its English name."""
    return engine_for(session).rows(language_names(dbt.config.meta_get("languages")))
