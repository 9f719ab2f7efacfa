"""How much of each feature the others foretell. What they don't is the feature's own, and no segment shows in it.

Who belongs to a segment is alike in several features, so each of them foretells the others. A heap in one feature
alone, as of those who bought from the second of two categories, is none, however clearly it stands apart.
"""

from collections.abc import Sequence
from hashlib import md5
from heapq import nsmallest

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import RandomForestRegressor

from python_udfs.one_thread import one_thread
from python_udfs.segmentation.clustering import FloatMatrix

# With 100 trees and 4,000 customers the shares of 32 features differ by .03 (rms), and take six times as long.
TREES = 30
CUSTOMERS = 2000
# A hundredth of the customers, as many as twenty; but a mean of fewer than five foretells little.
LEAF_SHARE, SMALLEST_LEAF = 0.01, 5
# Of fewer, nothing is held against a feature: luck would.
FEWEST_CUSTOMERS = 100


def sampled_customers(customer_ids: Sequence[str]) -> list[int]:
    """The places of at most CUSTOMERS customers, in their order: as engine.sample, those of the smallest hashes.

    One customer more in a large shop so mostly changes nothing.
    """
    hashes = [(md5(customer_id.encode()).digest(), place) for place, customer_id in enumerate(customer_ids)]
    return sorted(place for _, place in nsmallest(CUSTOMERS, hashes))


def foretold_shares(vectors: FloatMatrix, told_together: Sequence[object], seed: int = 0) -> NDArray[np.float64]:
    """The part of each feature's variance that the other features foretell, from 0 to 1, shape (d,).

    It is the out-of-bag R² of a random forest (Breiman 2001) among the customers of whom the feature is known; 1, as
    nothing says otherwise, where those are fewer than FEWEST_CUSTOMERS or no other feature is left. vectors: (n, d),
    unknown coordinates NaN. told_together: of each feature what it has in common with those that mustn't foretell it,
    because they are made of the same observations.
    """
    with one_thread():
        return np.array([_foretold_share(vectors, place, told_together, seed) for place in range(vectors.shape[1])])


def _foretold_share(vectors: FloatMatrix, place: int, told_together: Sequence[object], seed: int) -> float:
    others = [other for other, group in enumerate(told_together) if group != told_together[place]]
    told = vectors[:, place]
    known = ~np.isnan(told)
    if known.sum() < FEWEST_CUSTOMERS or not others:
        return 1.0
    leaf = max(int(LEAF_SHARE * known.sum()), SMALLEST_LEAF)
    forest = RandomForestRegressor(
        TREES, min_samples_leaf=leaf, max_features=0.5, oob_score=True, random_state=seed, n_jobs=1
    )
    return float(np.clip(forest.fit(vectors[known][:, others], told[known]).oob_score_, 0.0, 1.0))
