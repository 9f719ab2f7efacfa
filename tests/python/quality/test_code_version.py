"""The hash of the code changes with what decides a result, and with nothing else."""

from pathlib import Path

import pytest

from python_udfs.quality.code_version import code_version


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name in ("dbt_project.yml", "models/a.sql", "macros/b.sql", "seeds/c.csv", "seeds/demo/d.csv", "README.md"):
        path = tmp_path / "project" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    (tmp_path / "project" / "python_udfs").mkdir()
    (tmp_path / "project" / "python_udfs" / "e.py").write_text("e")
    return tmp_path / "project"


def version(project: Path) -> str:
    (row,) = code_version(project / "python_udfs").to_pylist()
    return row["code_version"]


@pytest.mark.parametrize(
    "name", ["dbt_project.yml", "models/a.sql", "models/new.sql", "macros/b.sql", "seeds/c.csv", "python_udfs/e.py"]
)
def test_a_change_of_code_is_another_version(project, name):
    before = version(project)
    (project / name).write_text("changed")
    assert version(project) != before


@pytest.mark.parametrize(
    "name", ["README.md", "seeds/demo/d.csv", "models/.hidden", "python_udfs/__pycache__/e.pyc", "target/f.sql"]
)
def test_what_decides_no_result_is_not_code(project, name):
    before = version(project)
    (project / name).parent.mkdir(exist_ok=True)
    (project / name).write_text("changed")
    assert version(project) == before


def test_it_is_the_same_wherever_the_project_stands(project, tmp_path):
    before = version(project)
    assert version(project.rename(tmp_path / "elsewhere")) == before


def test_a_renamed_file_is_another_version(project):
    before = version(project)
    (project / "models" / "a.sql").rename(project / "models" / "z.sql")
    assert version(project) != before


def test_a_package_apart_from_its_project_still_has_a_version(tmp_path):
    (tmp_path / "python_udfs").mkdir()
    (tmp_path / "python_udfs" / "e.py").write_text("e")
    assert len(version(tmp_path)) == 16
