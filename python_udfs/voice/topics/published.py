"""The topics that earlier builds published, which new ones may continue."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

PUBLISHED_TOPIC_COLUMNS = ["topic_key", "retired", "encoder", "centre"]


@dataclass(frozen=True)
class PublishedTopics:
    """The living topics of the last published build, and all keys there ever were.

    keys: in their order. centres: (t, d), a row per key. used_keys: retired ones and those of other encoders included.
    """

    keys: list[str]
    centres: NDArray[np.float64]
    used_keys: list[str]

    @classmethod
    def of(cls, table: pa.Table, encoder: str, dimensions: int) -> "PublishedTopics":
        """From the registry, with the columns PUBLISHED_TOPIC_COLUMNS.

        Only topics of the same encoder can be continued: the places of another one's texts mean something else.
        """
        rows = sorted(table.select(PUBLISHED_TOPIC_COLUMNS).to_pylist(), key=lambda row: row["topic_key"])
        living = [row for row in rows if not row["retired"] and row["encoder"] == encoder]
        centres = np.array([row["centre"] for row in living], dtype=np.float64).reshape(len(living), dimensions)
        return cls([row["topic_key"] for row in living], centres, [row["topic_key"] for row in rows])


def encoder_of(texts: pa.Table) -> str:
    """The encoder that all vectors of a build are from, by its column; empty without texts."""
    encoders = texts.column("encoder").unique().to_pylist()
    return encoders[0] if encoders else ""
