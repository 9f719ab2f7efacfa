import pyarrow as pa

from python_udfs.engine import engine_for
from python_udfs.voice.encoders import load_encoder
from python_udfs.voice.language import language_version
from python_udfs.voice.lexicon import lexicon_version
from python_udfs.voice.redaction import redaction_version


def model(dbt, session):
    """One row: which redaction rules, languages, lexicon and encoder this build uses. What others made is redone."""
    languages = language_version(dbt.config.meta_get("languages"), dbt.config.meta_get("least_confidence"))
    versions = {
        "redaction_version": redaction_version(dbt.config.meta_get("phone_regions"), dbt.config.meta_get("names")),
        "language_version": languages,
        "lexicon_version": lexicon_version(languages),
        "encoder": load_encoder(**dbt.config.meta_get("encoder")).identity,
    }
    return engine_for(session).rows(pa.Table.from_pylist([versions]))
