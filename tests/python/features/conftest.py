"""A project whose seed of RFM's named segments is another one."""

import csv
import itertools
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[3]
SCORES = range(1, 6)
CELLS = list(itertools.product(SCORES, repeat=3))


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
