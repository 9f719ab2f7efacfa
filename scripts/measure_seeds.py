"""Measures the segmentation on generated shops: how much of the planted personas it recovers, seed by seed.

python -m scripts.measure_seeds 1 2 3
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.csv as arrow_csv

from python_udfs.segmentation.planted_truth import compare_with_truth
from scripts.build import PREFIX, PROJECT

COLUMNS = {
    "clusters": "select customer_id, segment_key from segmentation.customer_clusters",
    "vectors": "select customer_id, vector from segmentation.customer_vectors",
    "rfm": "select customer_id, recency_days, frequency, monetary from features.customer_rfm",
}


def measure(seed: int, folder: Path) -> dict[str, float]:
    """Generate the demo shop of `seed` in `folder`, build its segments with dbt and compare them with the truth."""
    truth, warehouse = folder / "demo_personas.csv", folder / "warehouse.duckdb"
    generate = ["-m", "python_udfs.demo_shop", "--seed", str(seed), "--to", str(folder / "shop"), "--truth", str(truth)]
    subprocess.run([sys.executable, *generate], check=True, cwd=PROJECT)
    settings = {"DATA": str(folder / "shop"), "WAREHOUSE": str(warehouse)}
    environment = os.environ | {f"{PREFIX}{name}": value for name, value in settings.items()}
    environment |= {"DBT_TARGET_PATH": str(folder / "target"), "DBT_LOG_PATH": str(folder / "logs")}
    dbt = [str(Path(sys.executable).with_name("dbt")), "--quiet", "build", "--profiles-dir", str(PROJECT)]
    selection = ["--select", "+customer_clusters", "--exclude-resource-type", "test", "unit_test"]
    subprocess.run([*dbt, *selection], check=True, cwd=PROJECT, env=environment)
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        tables = {name: connection.sql(f"{query} order by 1").to_arrow_table() for name, query in COLUMNS.items()}
    personas = arrow_csv.read_csv(
        truth, convert_options=arrow_csv.ConvertOptions(column_types={"customer_id": pa.string()})
    )
    figures = compare_with_truth(truth=personas, **tables, seed=0, largest_k=12)
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
