import pyarrow as pa

from python_udfs.engine import engine_for
from python_udfs.voice.aspect_phrases import AspectPhrases
from python_udfs.voice.aspects import aspects_version
from python_udfs.voice.encoders import load_encoder


def model(dbt, session):
    """One row: by which rules, phrases and encoder this build tells aspects. What others told is told again."""
    engine = engine_for(session)
    columns = ["aspect", "language", "kind", "phrase"]
    phrases = AspectPhrases(engine.collect(engine.read(dbt.ref("aspect_phrases"), columns)))
    version = aspects_version(phrases, load_encoder(**dbt.config.meta_get("encoder")))
    return engine.rows(pa.Table.from_pylist([{"aspects_version": version}]))
