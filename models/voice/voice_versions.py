import pyarrow as pa

from python_udfs.engine import engine_for
from python_udfs.voice.encoders import load_encoder
from python_udfs.voice.lexicon import LEXICON_VERSION
from python_udfs.voice.redaction import redaction_version


def model(dbt, session):
    """One row: which redaction rules, lexicon and encoder this build uses. What others made is made again."""
    versions = {
        "redaction_version": redaction_version(dbt.config.meta_get("phone_regions"), dbt.config.meta_get("names")),
        "lexicon_version": LEXICON_VERSION,
        "encoder": load_encoder(**dbt.config.meta_get("encoder")).identity,
    }
    return engine_for(session).rows(pa.Table.from_pylist([versions]))
