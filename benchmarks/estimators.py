"""Compares the estimators on one shop: python -m benchmarks.estimators warehouse.duckdb.

The warehouse must hold a build of the shop as far as its vectors. All estimators get the same vectors and go through
the same sweep and choice as in a build; one row each.
"""

import argparse
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
from sklearn.metrics import adjusted_rand_score

from benchmarks.pipeline import QUERIES, project_vars, read_truth
from python_udfs.segmentation.candidates import SweepRules, sweep
from python_udfs.segmentation.choice import ChoiceRules, choose_k
from python_udfs.segmentation.dimensions import dimensions_from, noise_shares
from python_udfs.segmentation.estimators import ESTIMATORS, estimator_named
from python_udfs.segmentation.vectors import vector_matrix

VARS = project_vars()
CHOICE = ChoiceRules(
    **{
        name: VARS[f"segment_{name}"]
        for name in (
            "smallest_share",
            "mean_jaccard",
            "smallest_jaccard",
            "least_gain",
            "stability_weight",
            "keep_margin",
        )
    },
    pinned=None,
)
# Everything but the estimator, and the gap statistic, which chooses nothing.
SWEEP = SweepRules(
    **{
        name: VARS[f"segment_{name}"]
        for name in (
            *("smallest_size", "starts", "resamples", "resample_starts"),
            *("resample_limit", "seed", "silhouette_sample"),
        )
    },
    estimator="",
    largest_k=VARS["segment_largest_count"],
    gap_references=0,
)


def compare(customers: pa.Table, dimensions: pa.Table, personas: dict[str, str] | None) -> Iterator[str]:
    """The lines of a table, one per estimator.

    customers: customer_id, vector. dimensions: of the vectors. personas: by customer_id, if known.
    """
    vectors, chance = vector_matrix(customers), noise_shares(dimensions_from(dimensions))
    truth = np.array([(personas or {}).get(customer, "") for customer in customers.column("customer_id").to_pylist()])
    yield "| estimator | segments | noise | silhouette | least stable Jaccard | mean Jaccard | ARI |"
    yield "|---|---|---|---|---|---|---|"
    for name in ESTIMATORS:
        candidates = sweep(vectors, replace(SWEEP, estimator=name), chance)
        k, _ = choose_k(candidates, CHOICE)
        chosen = next((candidate for candidate in candidates if candidate.k == k), None)
        if chosen is None:
            yield f"| {name} | none | | | | | |"
            continue
        estimator = estimator_named(name).knowing(chance)
        labels = estimator.fit(vectors, chosen.setting, SWEEP.seed, SWEEP.starts).labels(vectors)
        agreement = f"{adjusted_rand_score(truth, labels):.3f}" if personas else ""
        yield (
            f"| {name} | {k} | {chosen.noise_share:.0%} | {chosen.silhouette:.3f} | {chosen.smallest_jaccard:.2f} "
            f"| {chosen.mean_jaccard:.2f} | {agreement} |"
        )


def main(arguments: list[str] | None = None) -> None:
    """Print the table for a warehouse."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.estimators", description=__doc__)
    parser.add_argument("warehouse", type=Path, help="a DuckDB file that a build has filled")
    parser.add_argument("--truth", type=Path, help="file with customer_id and persona, where they were planted")
    chosen = parser.parse_args(arguments)
    with duckdb.connect(str(chosen.warehouse), read_only=True) as connection:
        customers, dimensions = (
            connection.sql(f"{QUERIES[name]} order by 1").to_arrow_table() for name in ("vectors", "dimensions")
        )
    personas = None
    if chosen.truth:
        rows = read_truth(chosen.truth).to_pylist()
        personas = {row["customer_id"]: row["persona"] for row in rows}
    for line in compare(customers, dimensions, personas):
        print(line, flush=True)


if __name__ == "__main__":
    main()
