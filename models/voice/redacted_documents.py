from python_udfs.engine import engine_for
from python_udfs.voice.redaction import REDACTED_DOCUMENTS, redact_documents


def model(dbt, session):
    """One row per distinct raw review text: the text without personal data, and its key."""
    engine = engine_for(session)
    columns = ["document_id", "redaction_version", "raw_text"]
    documents = engine.read(dbt.ref("review_documents"), columns, order_by=["document_id"])
    if dbt.is_incremental:
        documents = engine.anti_join(documents, dbt.this, on=["document_id", "redaction_version"])
    redact = redact_documents(
        dbt.config.meta_get("phone_regions"), engine.count(documents), dbt.config.meta_get("names")
    )
    return engine.map_batches(documents, redact, REDACTED_DOCUMENTS)
