"""Compares the segments of a real shop with plain K-Means: python -m benchmarks.transaction_log <folder>.

The folder holds `orders.csv` in the shape of the input contract, such as the CDNOW data (Fader and Hardie), and more if
there is. The reference is what a notebook does: scikit-learn's K-Means on standardised logarithms of recency, frequency
and monetary. Silhouettes are of different spaces, so compare the similarities of resampled segments.
"""

import argparse
import tempfile
import time
from pathlib import Path

import numpy as np

from benchmarks.pipeline import build_segments, project_vars
from python_udfs.segmentation.clustering import FloatMatrix
from python_udfs.segmentation.k_means import fit_k_means
from python_udfs.segmentation.planted_truth import rfm_space
from python_udfs.segmentation.silhouettes import cluster_silhouettes
from python_udfs.segmentation.stability import Resampling, bootstrap_jaccard

# As many customers in a resample as the project takes.
RESAMPLING = Resampling(resamples=50, limit=project_vars()["segment_resample_limit"], seed=1)


def reference(space: FloatMatrix, k: int) -> tuple[float, float]:
    """Macro-averaged silhouette and least bootstrap Jaccard of plain K-Means with k segments. space: (n, 3)."""
    clusters = fit_k_means(space, k, seed=1, starts=10)
    silhouette = float(cluster_silhouettes(space, clusters.labels(space), limit=5000).mean())
    jaccards = bootstrap_jaccard(space, clusters, lambda drawn, seed: fit_k_means(drawn, k, seed, 2), RESAMPLING)
    return silhouette, float(jaccards.min())


def main(arguments: list[str] | None = None) -> None:
    """Print one line per number of segments; a star marks the chosen one."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.transaction_log", description=__doc__)
    parser.add_argument("data", type=Path, help="folder with orders.csv")
    chosen = parser.parse_args(arguments)
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        built = build_segments(Path(folder), chosen.data.absolute())
    rfm = built.tables["rfm"]
    print(f"{rfm.num_rows:,} customers, {time.monotonic() - started:.0f} s")
    measures = [rfm.column(name).to_numpy().astype(float) for name in ("recency_days", "frequency", "monetary")]
    space = rfm_space(np.nan_to_num(np.column_stack(measures)))
    print("segments: silhouette, least Jaccard (K-Means on RFM: silhouette, least Jaccard)")
    for row in built.tables["candidates"].to_pylist():
        plain = reference(space, row["k"])
        star = "*" if row["chosen"] else " "
        told = f"{row['silhouette']:.3f}, {row['smallest_jaccard']:.2f} ({plain[0]:.3f}, {plain[1]:.2f})"
        print(f"{star} {row['k']:>2}: {told}", flush=True)


if __name__ == "__main__":
    main()
