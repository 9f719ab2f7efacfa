"""Customers in clouds, and the rules that most tests of the segmentation start from."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from sklearn.datasets import make_blobs

from python_udfs.segmentation.blocks import FusionRules
from python_udfs.segmentation.candidates import SweepRules
from python_udfs.segmentation.dimensions import Dimension, dimensions_from, dimensions_table
from python_udfs.segmentation.fusion import fit_dimensions
from python_udfs.segmentation.vectors import to_vectors, vector_matrix

Matrix = np.ndarray


@pytest.fixture(scope="session")
def blobs() -> Callable[..., tuple[Matrix, Matrix]]:
    """Customers in `k` round clouds that stand apart, and the cloud of each."""

    def drawn(k: int = 4, customers: int = 400, spread: float = 0.6, seed: int = 7) -> tuple[Matrix, Matrix]:
        centers = np.random.default_rng(seed).permutation(np.eye(6) * 6)[:k, :4]
        return make_blobs(customers, centers=centers + np.arange(k)[:, None], cluster_std=spread, random_state=seed)[:2]

    return drawn


@pytest.fixture(scope="session")
def dimension() -> Callable[..., Dimension]:
    """A dimension that takes its feature as it is, but for the changes."""

    def made(feature: str = "monetary", **changes: Any) -> Dimension:
        plain = {
            "feature": feature,
            "label": feature,
            "block": "behaviour",
            "position": 0,
            "transform": "identity",
            "power": None,
            "lower": -np.inf,
            "upper": np.inf,
            "center": 0.0,
            "scale": 1.0,
            "weight": 1.0,
            "noise_share": 0.0,
            "counted_by": None,
            "shrinkage": 0.0,
            "prior": None,
            "share_known": 1.0,
            "dropped_reason": None,
        }
        return Dimension(**{**plain, **changes})

    return made


@pytest.fixture(scope="session")
def dimensions(dimension: Callable[..., Dimension]) -> Callable[..., list[Dimension]]:
    """So many dimensions f0, f1, ..., all with the changes."""

    def made(width: int, **changes: Any) -> list[Dimension]:
        return [dimension(f"f{place}", position=place, **changes) for place in range(width)]

    return made


@pytest.fixture(scope="session")
def sweep_rules() -> Callable[..., SweepRules]:
    """A sweep that is quick."""

    def made(**changes: Any) -> SweepRules:
        quick = {
            "estimator": "k_means",
            "largest_k": 6,
            "smallest_size": 10,
            "starts": 5,
            "resamples": 5,
            "resample_starts": 1,
            "resample_limit": 1000,
            "gap_references": 0,
            "seed": 3,
            "silhouette_sample": 1000,
        }
        return SweepRules(**{**quick, **changes})

    return made


@pytest.fixture(scope="session")
def fusion_rules() -> Callable[..., FusionRules]:
    """A fusion of two features of behaviour and two of voice, with nothing special about it."""

    def made(**changes: Any) -> FusionRules:
        plain = {
            "features": {"behaviour": ["frequency", "monetary"], "voice": ["average_sentiment", "review_count"]},
            "block_weights": {"behaviour": 1.0, "voice": 1.0},
            "feature_weights": {},
            "rates": {},
            "alike": [],
            "unforetold_noise": 0.0,
            "indicator_weight": 0.0,
            "lower_quantile": 0.01,
            "upper_quantile": 0.99,
            "skew_limit": 1.0,
            "reviews_until_half": 1.0,
            "lines_until_half": 1.0,
            "smallest_share_known": 0.05,
            "smallest_reliability": 0.1,
        }
        return FusionRules(**{**plain, **changes})

    return made


@pytest.fixture(scope="session")
def shop() -> Callable[..., pa.Table]:
    """Customers with the columns of `fusion_rules`; those who haven't reviewed have no sentiment."""

    def made(customers: int = 500, **columns: Any) -> pa.Table:
        generator = np.random.default_rng(0)
        reviews = generator.poisson(1.5, customers)
        sentiment = np.where(reviews > 0, generator.normal(0.2, 0.5, customers).clip(-1, 1), np.nan)
        drawn = {
            "customer_id": [f"c{number:04d}" for number in range(customers)],
            "frequency": generator.poisson(3, customers) + 1,
            "monetary": generator.lognormal(4, 1.5, customers),
            "average_sentiment": pa.array(sentiment, from_pandas=True),
            "review_count": reviews,
            "category_line_count": [1] * customers,
        }
        return pa.table({**drawn, **columns})

    return made


@pytest.fixture(scope="session")
def fused() -> Callable[[pa.Table, FusionRules], tuple[list[Dimension], Matrix]]:
    """Fits the fusion and applies it, through the table that stands between the two models."""

    def applied(features: pa.Table, rules: FusionRules) -> tuple[list[Dimension], Matrix]:
        dimensions = dimensions_from(dimensions_table(fit_dimensions(features, rules)))
        (batch,) = features.combine_chunks().to_batches()
        return dimensions, vector_matrix(to_vectors(dimensions)(batch))

    return applied
