"""The topic of each text: the nearest one that it fits."""

from collections.abc import Callable

import numpy as np
import pyarrow as pa

from python_udfs.voice.topics.centres import centre_matrix, nearness
from python_udfs.voice.vectors import to_matrix

OTHER = "other"
DECIMALS = 6
TEXT_TOPICS = pa.schema(
    [
        pa.field("text_id", pa.string()),
        pa.field("topic_key", pa.string()),
        pa.field("nearness", pa.float64()),
        pa.field("nearest_topic_key", pa.string()),
    ]
)


def assign_topics(centres: pa.Table) -> Callable[[pa.RecordBatch], pa.RecordBatch]:
    """A function from batches of text_id and embedding to batches of TEXT_TOPICS.

    centres: rows of TOPIC_CENTRES. A text that fits none, or of which there are no topics, is in OTHER.
    """

    def assign_batch(batch: pa.RecordBatch) -> pa.RecordBatch:
        rows = batch.num_rows
        if not rows or not centres.num_rows:
            columns = [batch["text_id"], pa.array([OTHER] * rows, pa.string())]
            columns += [pa.nulls(rows, pa.float64()), pa.nulls(rows, pa.string())]
            return pa.RecordBatch.from_arrays(columns, schema=TEXT_TOPICS)
        keys, directions, reaches = centre_matrix(centres)
        near = np.round(nearness(to_matrix(batch["embedding"]), directions), DECIMALS)
        nearest = near.argmax(axis=1)
        cosine = near[np.arange(rows), nearest]
        names = np.array(keys, dtype=object)[nearest]
        fitting = np.where(cosine > reaches[nearest], names, OTHER)
        columns = [batch["text_id"], pa.array(fitting, pa.string()), pa.array(cosine), pa.array(names, pa.string())]
        return pa.RecordBatch.from_arrays(columns, schema=TEXT_TOPICS)

    return assign_batch
