"""Compares the estimators on one shop: python -m benchmarks.estimators warehouse.duckdb.

The warehouse must hold a build of the shop as far as its vectors. All estimators get the same vectors and go through
the same sweep and choice as in a build; one row each.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
from sklearn.metrics import adjusted_rand_score

from benchmarks.pipeline import read_truth
from python_udfs.segmentation.candidates import SweepRules, sweep
from python_udfs.segmentation.choice import ChoiceRules, choose_k
from python_udfs.segmentation.estimators import ESTIMATORS, estimator_named
from python_udfs.segmentation.vectors import vector_matrix

CHOICE = ChoiceRules(0.01, mean_jaccard=0.75, smallest_jaccard=0.5, stability_weight=0.5, keep_margin=0.05, pinned=None)


def compare(customers: pa.Table, personas: dict[str, str] | None) -> Iterator[str]:
    """The lines of a table, one per estimator. customers: customer_id, vector. personas: by customer_id, if known."""
    vectors = vector_matrix(customers)
    truth = np.array([(personas or {}).get(customer, "") for customer in customers.column("customer_id").to_pylist()])
    yield "| estimator | segments | noise | silhouette | least stable Jaccard | mean Jaccard | ARI |"
    yield "|---|---|---|---|---|---|---|"
    for name in ESTIMATORS:
        rules = SweepRules(name, 12, 10, 0.05, 4000, 10, 50, 2, 4000, 0, 20240229, 5000)
        candidates = sweep(vectors, rules)
        k, _ = choose_k(candidates, CHOICE)
        chosen = next((candidate for candidate in candidates if candidate.k == k), None)
        if chosen is None:
            yield f"| {name} | none | | | | | |"
            continue
        labels = estimator_named(name).fit(vectors, chosen.setting, rules.seed, rules.starts).labels(vectors)
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
    query = "select customer_id, vector from segmentation.customer_vectors order by customer_id"
    with duckdb.connect(str(chosen.warehouse), read_only=True) as connection:
        customers = connection.sql(query).to_arrow_table()
    personas = None
    if chosen.truth:
        rows = read_truth(chosen.truth).to_pylist()
        personas = {row["customer_id"]: row["persona"] for row in rows}
    for line in compare(customers, personas):
        print(line, flush=True)


if __name__ == "__main__":
    main()
