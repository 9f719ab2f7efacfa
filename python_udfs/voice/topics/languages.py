"""The language of each text, as a table."""

import pyarrow as pa

from python_udfs.voice.language import language_of

TEXT_LANGUAGE = pa.schema([pa.field("text_id", pa.string()), pa.field("language", pa.string())])


def languages_of(batch: pa.RecordBatch) -> pa.RecordBatch:
    """A batch of text_id and text to a batch of TEXT_LANGUAGE."""
    spoken = [language_of(text) for text in batch["text"].to_pylist()]
    return pa.RecordBatch.from_arrays([batch["text_id"], pa.array(spoken, pa.string())], schema=TEXT_LANGUAGE)
