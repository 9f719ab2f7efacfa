"""What earlier builds published: the segments that new ones may continue."""

from dataclasses import dataclass, replace

import pyarrow as pa

from python_udfs.segmentation.clustering import FloatMatrix
from python_udfs.segmentation.dimensions import Dimension
from python_udfs.segmentation.spaces import in_current_space

PUBLISHED_COLUMNS = ["segment_key", "retired", "features", "feature_values"]


@dataclass(frozen=True)
class PublishedSegments:
    """The living segments of the last published build, and all keys there ever were.

    living: segment_key -> feature values by label, in the order of the key.
    """

    living: dict[str, dict[str, float]]
    used_keys: list[str]

    @classmethod
    def of(cls, table: pa.Table) -> "PublishedSegments":
        """From the registry: one row per segment ever published, with the columns PUBLISHED_COLUMNS.

        A segment without feature values was published by a release that kept none: it can't be continued.
        """
        rows = sorted(table.select(PUBLISHED_COLUMNS).to_pylist(), key=lambda row: row["segment_key"])
        living = {
            row["segment_key"]: dict(zip(row["features"], row["feature_values"], strict=True))
            for row in rows
            if not row["retired"] and row["feature_values"] is not None
        }
        return cls(living, [row["segment_key"] for row in rows])

    @property
    def count(self) -> int | None:
        """How many segments live; None before anything was published."""
        return len(self.living) or None

    def known_by(self, dimensions: list[Dimension]) -> "PublishedSegments":
        """The same without the living segments of whose features none is known any more: nobody can say where they lie.

        Their keys stay used.
        """
        labels = {dimension.label for dimension in dimensions if dimension.is_comparable}
        return replace(self, living={key: values for key, values in self.living.items() if labels & values.keys()})

    def centroids(self, dimensions: list[Dimension]) -> list[FloatMatrix]:
        """Where the living segments lie in the space of this build, in the order of their key, each of shape (d,)."""
        return [in_current_space(values, dimensions) for values in self.living.values()]
