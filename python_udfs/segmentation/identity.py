"""Segment identity: a segment that was published before keeps its key."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

FloatMatrix = NDArray[np.float64]


def match_segments(previous: FloatMatrix, current: FloatMatrix, max_distance: float) -> list[int | None]:
    """Match new centroids to the published ones, so that a segment keeps its key.

    previous: (p, d) published centroids; current: (c, d) new ones, in the same space.
    Returns, for each row of `current`, the row of `previous` it continues, or None for a new segment.
    Minimises the total Euclidean distance (Hungarian assignment, Kuhn 1955); pairs beyond
    `max_distance` are not matched. Raises ValueError when the two spaces differ in d.
    """
    if previous.shape[1:] != current.shape[1:]:
        raise ValueError(f"centroids of {previous.shape[1:]} and {current.shape[1:]} dimensions can't be matched")
    matched: list[int | None] = [None] * len(current)
    if len(previous) == 0 or len(current) == 0:
        return matched
    distances = np.linalg.norm(current[:, None, :] - previous[None, :, :], axis=2)
    # Beyond the limit all distances are equally bad: a hopeless pair must not push a good one apart.
    costs = np.minimum(distances, max_distance)
    for row, column in zip(*linear_sum_assignment(costs), strict=True):
        if distances[row, column] <= max_distance:
            matched[row] = int(column)
    return matched


def segment_keys(
    matched: Sequence[int | None], previous_keys: Sequence[str], used_keys: Sequence[str], prefix: str = "S"
) -> list[str]:
    """The key of each new segment: its predecessor's, or the next number that no segment ever had.

    previous_keys: keys of the rows that `matched` points to. used_keys: all keys ever published. prefix: what the
    numbers stand behind; S for segments.
    """
    highest = max((int(key.removeprefix(prefix)) for key in [*used_keys, *previous_keys]), default=0)
    keys = []
    for predecessor in matched:
        if predecessor is None:
            highest += 1
            keys.append(f"{prefix}{highest:02d}")
        else:
            keys.append(previous_keys[predecessor])
    return keys
