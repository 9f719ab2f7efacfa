"""How much of what was planted the segments find: python -m benchmarks.planted_truth --shops 12 --way independent.

One line per generated shop and the means. Shares are of the adjusted Rand index of an oracle, a random forest that was
taught the personas and is cross-validated. `lost by k` is the index at the best number of segments less that at the
chosen one.
"""

import argparse
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from sklearn.metrics import adjusted_rand_score

from benchmarks.pipeline import build_segments, project_vars, read_truth
from benchmarks.planted_shops import RECOMBINED, WAYS, PlantedShop, planted_shops, write_planted_shop
from benchmarks.real_texts import read_texts, replace_texts
from python_udfs.segmentation.estimators import estimator_named
from python_udfs.segmentation.evenly_spaced import evenly_spaced
from python_udfs.segmentation.planted_truth import compare_with_truth

LARGEST_K = 12
SAMPLE = 6000


def measure(shop: PlantedShop, folder: Path, texts: Mapping[int, Sequence[str]] | None = None) -> dict[str, float]:
    """Generate the shop in `folder`, build its segments and compare them with what was planted.

    texts: what real people wrote, by stars, to be put into the reviews; None for generated texts.
    """
    write_planted_shop(shop, folder / "shop", folder / "truth.csv")
    if texts is not None:
        replace_texts(folder / "shop" / "reviews.csv", texts, shop.seed)
    started = time.monotonic()
    built = build_segments(folder, folder / "shop")
    seconds = time.monotonic() - started
    truth = read_truth(folder / "truth.csv")
    tables = {name: built.tables[name] for name in ("clusters", "vectors", "rfm")}
    figures = {
        row["metric"]: row["value"]
        for row in compare_with_truth(truth=truth, **tables, seed=0, largest_k=LARGEST_K).to_pylist()
    }
    personas = dict(zip(truth["customer_id"].to_pylist(), truth["persona"].to_pylist(), strict=True))
    labels = np.array([personas[customer] for customer in built.tables["vectors"]["customer_id"].to_pylist()])
    by_k = best_by_k(evenly_spaced(built.matrix, SAMPLE), built.noise_shares, evenly_spaced(labels, SAMPLE))
    (chosen,) = [row["k"] for row in built.tables["candidates"].to_pylist() if row["chosen"]]
    ari, oracle = figures["planted_truth_ari"], figures["planted_truth_ari_oracle"]
    return {
        "oracle": oracle,
        "segments": ari / oracle,
        "rfm alone": figures["planted_truth_ari_rfm"] / oracle,
        "k": chosen,
        "best k": max(by_k, key=lambda k: by_k[k]),
        "lost by k": max(by_k.values()) - by_k.get(chosen, ari),
        "seconds": seconds,
    }


def best_by_k(vectors: np.ndarray, noise_shares: np.ndarray, labels: np.ndarray) -> dict[int, float]:
    """The adjusted Rand index that the project's estimator reaches in the fused space, by number of segments."""
    estimator = estimator_named(project_vars()["segment_estimator"]).knowing(noise_shares)
    ks = range(2, LARGEST_K + 1)
    fitted = zip(ks, estimator.fit_each(vectors, ks, 1, 10), strict=True)
    return {k: float(adjusted_rand_score(labels, clusters.labels(vectors))) for k, clusters in fitted}


def main(arguments: list[str] | None = None) -> None:
    """Measure as many shops as the arguments say."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.planted_truth", description=__doc__)
    parser.add_argument("--shops", type=int, default=12, help="how many generated shops")
    parser.add_argument("--largest", type=int, default=5000, help="customers of the largest shop that may be drawn")
    parser.add_argument("--first-seed", type=int, default=1000, help="of the first shop; the others follow")
    parser.add_argument("--way", choices=WAYS, default=RECOMBINED, help="how personas are drawn")
    parser.add_argument("--texts", type=Path, help="CSV file of real reviews whose texts are put in, by stars")
    chosen = parser.parse_args(arguments)
    texts = read_texts(chosen.texts) if chosen.texts and chosen.texts.exists() else None
    if chosen.texts and texts is None:
        print(f"{chosen.texts} isn't there: texts are generated")
    measured = []
    for shop in planted_shops(chosen.shops, chosen.largest, chosen.first_seed, chosen.way):
        with tempfile.TemporaryDirectory() as folder:
            measured.append(measure(shop, Path(folder), texts))
        told = ", ".join(f"{name} {value:.2f}" for name, value in measured[-1].items())
        print(f"{shop.name}: {told}", flush=True)
    names = ("oracle", "segments", "rfm alone", "lost by k")
    means = {name: float(np.mean([figures[name] for figures in measured])) for name in names}
    print("mean: " + ", ".join(f"{name} {value:.3f}" for name, value in means.items()))


if __name__ == "__main__":
    main()
