from functools import partial

from python_udfs.engine import engine_for
from python_udfs.voice.redaction import REDACTED_DOCUMENTS, redact_documents

KEY = ["document_id", "redaction_version"]


def model(dbt, session):
    """One row per distinct raw review text: the text without personal data, and its key."""
    engine = engine_for(session)
    documents = engine.read(dbt.ref("review_documents"), [*KEY, "raw_text"], order_by=["document_id"])
    if dbt.is_incremental:
        documents = engine.anti_join(documents, dbt.this, on=KEY)
    redact = partial(redact_documents, dbt.config.meta_get("phone_regions"), names=dbt.config.meta_get("names"))
    return engine.map_batches_once(documents, redact, REDACTED_DOCUMENTS, dbt.this, KEY)
