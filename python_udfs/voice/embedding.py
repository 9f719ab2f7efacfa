"""Embeddings of review texts, as batches of Arrow records."""

from collections.abc import Callable

import numpy as np
import pyarrow as pa

from python_udfs.progress import Progress, logger
from python_udfs.voice.encoders import Encoder
from python_udfs.voice.vectors import to_arrow, vector_type

# Long lists, because an encoder sorts one list by length; short enough to tell progress every few seconds.
TEXTS_PER_CALL = 2_000


def text_embedding_schema(dimensions: int) -> pa.Schema:
    """What `embed_texts` gives: text_id, encoder (its identity), embedding (lands as FLOAT[dimensions])."""
    return pa.schema(
        [
            pa.field("text_id", pa.string()),
            pa.field("encoder", pa.string()),
            pa.field("embedding", vector_type(dimensions)),
        ]
    )


def embed_texts(encoder: Encoder, total: int | None = None) -> Callable[[pa.RecordBatch], pa.RecordBatch]:
    """A function from batches of text_id and text to batches of `text_embedding_schema`.

    Vectors have unit length. Which texts share a batch, and how many threads there are, changes a vector only by
    rounding, less than 1e-6 in each dimension; with the default encoder by nothing where torch uses MKL: a text
    alone has the vector that it has among thousands.
    total: how many texts there are in all, for the progress. Raises EncoderError.
    """
    progress = Progress(total, "texts encoded")
    if total is not None:
        logger.info("%s texts to encode with %s", f"{total:,}", encoder.identity)

    def embed_batch(batch: pa.RecordBatch) -> pa.RecordBatch:
        texts = batch["text"].to_pylist()
        vectors = [np.zeros((0, encoder.dimensions), np.float32)]
        for start in range(0, len(texts), TEXTS_PER_CALL):
            call = texts[start : start + TEXTS_PER_CALL]
            vectors.append(encoder.encode(call))
            progress.advance(len(call))
        names = pa.array([encoder.identity] * len(texts), pa.string())
        columns = [batch["text_id"], names, to_arrow(np.concatenate(vectors))]
        return pa.RecordBatch.from_arrays(columns, schema=text_embedding_schema(encoder.dimensions))

    return embed_batch
