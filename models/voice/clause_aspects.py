from functools import partial

from python_udfs.engine import engine_for
from python_udfs.voice.aspect_phrases import AspectPhrases
from python_udfs.voice.aspects import CLAUSE_ASPECTS, AspectModel, tell_aspects
from python_udfs.voice.encoders import load_encoder

KEY = ["clause_id", "language", "aspects_version"]


def model(dbt, session):
    """One row per distinct clause and aspect that it speaks of: the sentiment towards it."""
    engine = engine_for(session)
    clauses = engine.read(dbt.ref("distinct_clauses"), [*KEY, "clause"], order_by=["clause_id", "language"])
    if dbt.is_incremental:
        clauses = engine.anti_join(clauses, dbt.this, on=KEY)
    seed = engine.read(dbt.ref("aspect_phrases"), ["aspect", "language", "kind", "phrase"])
    phrases = AspectPhrases(engine.collect(seed))
    aspects = AspectModel(phrases, load_encoder(**dbt.config.meta_get("encoder")))
    return engine.map_batches_once(clauses, partial(tell_aspects, aspects), CLAUSE_ASPECTS, dbt.this, KEY)
