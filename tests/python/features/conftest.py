"""dbt with other vars, RFM's models compiled with them, and a project whose seed of named segments is another one."""

import csv
import itertools
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from dbt.cli.main import dbtRunner, dbtRunnerResult

PROJECT = Path(__file__).resolve().parents[3]
SCORES = range(1, 6)
CELLS = list(itertools.product(SCORES, repeat=3))
RFM_MODELS = ("customer_rfm_groups", "rfm_cut_points", "customer_rfm")


@pytest.fixture(scope="session")
def dbt_with(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., dbtRunnerResult]:
    """Runs a command of dbt with the given vars; the project is parsed once, as parsing takes seconds."""
    folder = tmp_path_factory.mktemp("compiled")

    def invoke(dbt: dbtRunner, *arguments: str) -> dbtRunnerResult:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("CUSTOMER_SEGMENTS_WAREHOUSE", str(folder / "shop.duckdb"))
            patch.setenv("DBT_TARGET_PATH", str(folder))
            patch.setenv("DBT_LOG_PATH", str(folder))
            return dbt.invoke([*arguments, "--quiet", "--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT)])

    parsed = invoke(dbtRunner(), "parse")
    assert parsed.success, parsed.exception
    dbt = dbtRunner(manifest=parsed.result)
    return lambda variables, *arguments: invoke(dbt, *arguments, "--vars", json.dumps(variables))


@pytest.fixture(scope="session")
def compile_rfm(dbt_with: Callable[..., dbtRunnerResult]) -> Callable[[dict[str, Any]], dbtRunnerResult]:
    """Compiles RFM's models with the given vars."""
    selection = ("--indirect-selection", "empty", "--select", *RFM_MODELS)
    return lambda variables: dbt_with(variables, "compile", *selection)


@pytest.fixture
def project_with_segments(tmp_path: Path) -> Callable[[Iterable[tuple]], Path]:
    """Makes a copy of the project where `rfm_segment_cells.csv` has the given lines: r, f and m score and name."""

    def copy(lines: Iterable[tuple]) -> Path:
        project = tmp_path / "project"
        (project / "seeds").mkdir(parents=True)
        for path in (PROJECT / "seeds").iterdir():
            (project / "seeds" / path.name).symlink_to(path)
        for name in ("dbt_project.yml", "profiles.yml", "macros", "models", "python_udfs", "tests"):
            (project / name).symlink_to(PROJECT / name)
        cells = project / "seeds" / "rfm_segment_cells.csv"
        cells.unlink()
        with cells.open("w", newline="") as file:
            csv.writer(file).writerows([("r_score", "f_score", "m_score", "rfm_segment"), *lines])
        return project

    return copy
