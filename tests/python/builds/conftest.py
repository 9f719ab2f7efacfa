"""Whole builds, run as a user runs them: `python -m scripts.build` in a process of its own."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Any

import duckdb
import pytest
from filelock import FileLock

from tests.python.builds.embeddings_server import EmbeddingsServer

PROJECT = Path(__file__).resolve().parents[3]
SETTINGS = ("SOURCE", "AS_OF", "ENCODING", "SHOP", "FORCE")
# Of a build whose data tests another one has run on the same tables; there are five hundred of them.
WITHOUT_DATA_TESTS = ("--exclude-resource-type", "test")


# The longest first, and of those that wait for the demo one.
BEGINNING = ("test_demo.py", "test_gates.py", "test_killed_builds.py", "test_shops.py", "test_key_stability.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take longest, so that no worker is left with one of them in the end."""
    places = {name: place for place, name in enumerate(BEGINNING)}
    items.sort(key=lambda item: places.get(item.path.name, len(places)))


@dataclass(frozen=True)
class Build:
    """What a build left behind."""

    returncode: int
    output: str
    warehouse: Path
    published: Path

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        with duckdb.connect(str(self.warehouse), read_only=True) as connection:
            return connection.execute(sql).fetchall()

    def published_bytes(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in sorted(self.published.glob("*.parquet"))}

    def texts_encoded(self) -> int:
        """How many texts the build said it encoded."""
        return sum(int(number.replace(",", "")) for number in re.findall(r"([\d,]+) texts to encode", self.output))


def build_environment(folder: Path, data: Path | None = None, name: str = "shop", **settings: str) -> dict[str, str]:
    """The environment of a build into `folder`; settings are variables, the project's own without their prefix."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("CUSTOMER_SEGMENTS_")}
    environment |= {
        "CUSTOMER_SEGMENTS_WAREHOUSE": str(folder / f"{name}.duckdb"),
        "CUSTOMER_SEGMENTS_PUBLISH": str(folder / f"{name}_published"),
        "DBT_TARGET_PATH": str(folder / "target"),
        "DBT_LOG_PATH": str(folder / "logs"),
        "HF_HUB_OFFLINE": "1",
    }
    if data is not None:
        environment["CUSTOMER_SEGMENTS_DATA"] = str(data)
    return environment | {
        f"CUSTOMER_SEGMENTS_{key}" if key in SETTINGS else key: value for key, value in settings.items()
    }


def run_build(
    folder: Path, *dbt_arguments: str, data: Path | None = None, name: str = "shop", **settings: str
) -> Build:
    """Build into `folder`; see `build_environment`."""
    finished = subprocess.run(
        [sys.executable, "-m", "scripts.build", *dbt_arguments],
        cwd=PROJECT,
        env=build_environment(folder, data, name, **settings),
        capture_output=True,
        text=True,
        check=False,
    )
    return build_in(folder, finished.returncode, finished.stdout + finished.stderr, name)


def build_in(folder: Path, returncode: int, output: str, name: str = "shop") -> Build:
    """What a build left behind in `folder`."""
    return Build(returncode, output, folder / f"{name}.duckdb", folder / f"{name}_published")


def run_dbt(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run bare dbt on the demo's warehouse in `folder`, as people who live in dbt do."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("CUSTOMER_SEGMENTS_")}
    environment |= {
        "CUSTOMER_SEGMENTS_WAREHOUSE": str(folder / "shop.duckdb"),
        "DBT_TARGET_PATH": str(folder / "target"),
        "DBT_LOG_PATH": str(folder / "logs"),
    }
    dbt = str(Path(sys.executable).with_name("dbt"))
    return subprocess.run([dbt, *arguments], cwd=PROJECT, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def server() -> Iterator[EmbeddingsServer]:
    """An encoder that says what it was asked."""
    with EmbeddingsServer() as running:
        Thread(target=running.serve_forever, daemon=True).start()
        yield running
        running.shutdown()


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the demo is built: one folder for all workers."""
    folder = tmp_path_factory.getbasetemp()
    return (folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder) / "demo"


@pytest.fixture(scope="session")
def demo(demo_folder: Path) -> Build:
    """The demo shop, built once from nothing by the worker that needs it first. What would change it takes a copy."""
    told = demo_folder / "told.json"
    with FileLock(f"{demo_folder}.lock"):
        if not told.exists():
            demo_folder.mkdir()
            first = run_build(demo_folder)
            told.write_text(json.dumps([first.returncode, first.output]))
    build = build_in(demo_folder, *json.loads(told.read_text()))
    assert build.returncode == 0, build.output
    return build


@pytest.fixture
def build(tmp_path: Path) -> Callable[..., Build]:
    """Builds into a folder of the test's own."""

    def build_here(*dbt_arguments: str, **settings: Any) -> Build:
        return run_build(tmp_path, *dbt_arguments, **settings)

    return build_here
