"""How far the customers' features have moved since the build that was published last."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from python_udfs.segmentation.columns import column_values
from python_udfs.segmentation.dimensions import Dimension

FloatArray = NDArray[np.float64]

BINS_SCHEMA = pa.schema(
    [
        pa.field("feature", pa.string()),
        pa.field("edges", pa.list_(pa.float64())),
        pa.field("shares", pa.list_(pa.float64())),
        pa.field("customers", pa.int64()),
    ]
)
DRIFT_SCHEMA = pa.schema([pa.field("feature", pa.string()), pa.field("stability_index", pa.float64())])


@dataclass(frozen=True)
class BinRules:
    """How a feature's values are divided. most: bins at most. smallest: customers a bin must have, on average."""

    most: int
    smallest: int


def features_by_label(dimensions: Sequence[Dimension]) -> dict[str, str]:
    """Label -> column of the features that can be compared between builds: a category by its name, not by its rank.

    dimensions: those that are used, and, to compare with an earlier build that used them, those left out.
    """
    labels = {dimension.feature: dimension.label for dimension in reversed(dimensions) if dimension.is_comparable}
    return {label: feature for feature, label in sorted(labels.items())}


def labelled(customers: pa.Table, features: Mapping[str, str]) -> pa.Table:
    """The customers' features, each column under its label. features: label -> column."""
    return customers.select(list(features.values())).rename_columns(list(features))


def driver_bins(customers: pa.Table, features: Sequence[str], rules: BinRules) -> pa.Table:
    """Per feature the borders between its quantiles and the share of the customers in each bin, of BINS_SCHEMA.

    customers: one row per customer with the features as numeric columns. The last share is of those for whom the
    feature is unknown. Equal values are never divided, so there may be fewer bins.
    """
    count = max(1, min(rules.most, customers.num_rows // rules.smallest))
    rows = []
    for feature in features:
        values = column_values(customers, feature)
        edges = borders(values, count)
        shares = counts(values, edges) / max(1, len(values))
        rows.append({"feature": feature, "edges": edges, "shares": shares, "customers": len(values)})
    return pa.Table.from_pylist(rows, schema=BINS_SCHEMA)


def driver_drift(customers: pa.Table, published: pa.Table) -> pa.Table:
    """The population stability index of each feature that both know, one row each, of DRIFT_SCHEMA.

    customers: of this build, with features as columns. published: BINS_SCHEMA, of the build to compare with.
    Without customers on either side there are no rows.
    """
    rows = [
        {
            "feature": row["feature"],
            "stability_index": stability_index(
                np.array(row["shares"]) * row["customers"],
                counts(column_values(customers, row["feature"]), np.array(row["edges"])),
            ),
        }
        for row in published.sort_by("feature").to_pylist()
        if row["feature"] in customers.column_names and row["customers"] and customers.num_rows
    ]
    return pa.Table.from_pylist(rows, schema=DRIFT_SCHEMA)


def stability_index(expected: FloatArray, actual: FloatArray) -> float:
    """Population stability index of two counts over the same bins, shape (b,): the sum of (p - q) log(p / q).

    0 for equal shares; without a limit. Half a customer is added to each bin, else an empty one would be infinite.
    Siddiqi 2006, Credit Risk Scorecards; the same as the symmetric Kullback-Leibler divergence.
    """
    before, now = ((one + 0.5) / (one.sum() + 0.5 * len(one)) for one in (expected, actual))
    return math.fsum((now - before) * np.log(now / before))


def borders(values: FloatArray, count: int) -> FloatArray:
    """The distinct values that divide the known ones into `count` bins of about equal size; each belongs below."""
    known = values[~np.isnan(values)]
    if len(known) == 0:
        return np.array([])
    return np.unique(np.quantile(known, np.arange(1, count) / count, method="inverted_cdf"))


def counts(values: FloatArray, edges: FloatArray) -> FloatArray:
    """How many values are in each bin, and, last, how many are unknown, shape (len(edges) + 2,)."""
    unknown = np.isnan(values)
    places = np.searchsorted(edges, values[~unknown], side="left")
    return np.append(np.bincount(places, minlength=len(edges) + 1), unknown.sum()).astype(np.float64)
