"""Runs a shop through the real pipeline, as far as its segments, and reads what came out."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.csv as arrow_csv
import yaml

from python_udfs.segmentation.clustering import FloatMatrix
from python_udfs.segmentation.dimensions import dimensions_from, noise_shares
from python_udfs.segmentation.vectors import vector_matrix
from scripts.build import PREFIX, PROJECT

QUERIES = {
    "clusters": "select customer_id, segment_key from segmentation.customer_clusters",
    "vectors": "select customer_id, vector from segmentation.customer_vectors",
    "rfm": "select customer_id, recency_days, frequency, monetary from features.customer_rfm",
    "dimensions": "select * from segmentation.vector_dimensions where position is not null",
    "candidates": "select k, setting, chosen, smallest_jaccard, silhouette from segmentation.segment_sweep",
}


@dataclass(frozen=True)
class Built:
    """What the pipeline made of a shop, each table in the order of its first column."""

    tables: dict[str, pa.Table]

    @property
    def noise_shares(self) -> FloatMatrix:
        """Of each dimension of the vectors the part that is chance, shape (d,)."""
        return noise_shares(dimensions_from(self.tables["dimensions"]))

    @property
    def matrix(self) -> FloatMatrix:
        """The customers' vectors, shape (n, d)."""
        return vector_matrix(self.tables["vectors"])


def project_vars() -> dict[str, Any]:
    """The project's vars and their values, as a build has them that is told nothing."""
    return dict(yaml.safe_load((PROJECT / "dbt_project.yml").read_text())["vars"])


def build_segments(folder: Path, data: Path, source: str = "shop", **variables: object) -> Built:
    """Build the segments of `data` with dbt in a warehouse in `folder`. Raises CalledProcessError when dbt fails."""
    settings = {"DATA": str(data), "SOURCE": source, "WAREHOUSE": str(folder / "warehouse.duckdb"), "SHOP": "benchmark"}
    environment = os.environ | {f"{PREFIX}{name}": value for name, value in settings.items()}
    environment |= {"DBT_TARGET_PATH": str(folder / "target"), "DBT_LOG_PATH": str(folder / "logs")}
    dbt = [str(Path(sys.executable).with_name("dbt")), "--quiet", "build", "--profiles-dir", str(PROJECT)]
    told = "{" + ", ".join(f"{name}: {value}" for name, value in variables.items()) + "}"
    selection = ["--select", "+customer_clusters", "--exclude-resource-type", "test", "unit_test", "--vars", told]
    subprocess.run([*dbt, *selection], check=True, cwd=PROJECT, env=environment)
    with duckdb.connect(str(folder / "warehouse.duckdb"), read_only=True) as connection:
        return Built({name: connection.sql(f"{query} order by 1").to_arrow_table() for name, query in QUERIES.items()})


def read_truth(path: Path) -> pa.Table:
    """customer_id and persona, as the generator writes them."""
    return arrow_csv.read_csv(path, convert_options=arrow_csv.ConvertOptions(column_types={"customer_id": pa.string()}))
