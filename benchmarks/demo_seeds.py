"""How much of the demo's personas the segments find, on the demo and on shops of other seeds.

python -m benchmarks.demo_seeds 7 1 2
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.pipeline import build_segments, read_truth
from python_udfs.segmentation.planted_truth import compare_with_truth
from scripts.build import PROJECT


def measure(seed: int, folder: Path) -> dict[str, float]:
    """Generate the demo shop of `seed` in `folder`, build its segments with dbt and compare them with the truth."""
    truth = folder / "demo_personas.csv"
    generate = ["-m", "python_udfs.demo_shop", "--seed", str(seed), "--to", str(folder / "shop"), "--truth", str(truth)]
    subprocess.run([sys.executable, *generate], check=True, cwd=PROJECT)
    built = build_segments(folder, folder / "shop")
    tables = {name: built.tables[name] for name in ("clusters", "vectors", "rfm")}
    figures = compare_with_truth(truth=read_truth(truth), **tables, seed=0, largest_k=12)
    return {row["metric"]: row["value"] for row in figures.to_pylist()}


def main(seeds: list[int]) -> None:
    """Print one line per seed and their means."""
    measured = []
    for seed in seeds:
        with tempfile.TemporaryDirectory() as folder:
            measured.append(measure(seed, Path(folder)))
        print(f"seed {seed}: " + ", ".join(f"{name} {value:.3f}" for name, value in measured[-1].items()), flush=True)
    means = {name: sum(figures[name] for figures in measured) / len(measured) for name in measured[0]}
    print("mean: " + ", ".join(f"{name} {value:.3f}" for name, value in means.items()))


if __name__ == "__main__":
    main([int(seed) for seed in sys.argv[1:]])
