"""What tests of several areas share: real data where there are any, and builds of a part of the project."""

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import settings

from tests.python.forked_dbt import run_dbt

# How long an example takes is the machine's affair.
settings.register_profile("project", deadline=None)
settings.load_profile("project")
# Workers share the processors: threads that spin while they wait take them from one another.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

PROJECT = Path(__file__).resolve().parents[2]
SHARED_DATA = Path(os.environ.get("SHARED_DATA", PROJECT.parent / "shared" / "data"))


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """One worker more than processors: whole builds leave a third of them idle."""
    return (os.cpu_count() or 1) + 1


@dataclass(frozen=True)
class BuildResult:
    """What a build left behind."""

    warehouse: Path
    returncode: int
    output: str

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        """The rows of a query on the warehouse."""
        with duckdb.connect(str(self.warehouse), read_only=True) as connection:
            return connection.execute(sql).fetchall()


@pytest.fixture(scope="session")
def shared_data() -> Callable[[str], Path]:
    """Finds a folder of real data, which aren't part of the project; skips the test where it is absent."""

    def find(name: str) -> Path:
        folder = SHARED_DATA / name
        # Real data aren't part of the project: without them its tests must pass, and say what they left out.
        if not folder.is_dir():
            pytest.skip(f"no real data: {folder} is absent (set SHARED_DATA to the folder that holds {name})")
        return folder

    return find


@pytest.fixture(scope="session")
def build_shop(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., BuildResult]:
    """Builds the entities of a shop, or what `select` says, from nothing.

    Settings are the project's environment variables without their prefix: AS_OF="2024-01-01". `variables` are vars of
    dbt, `project` is a copy of the project, where it isn't this one; `after` is the build that came before, on whose
    warehouse this one goes on; `tests` is dbt's indirect selection. Builds of one source system have the same paths for
    data, warehouse and target: so dbt parses the project once for each.
    """
    shared = tmp_path_factory.mktemp("builds")

    def build(
        data: Path,
        source: str = "shop",
        select: str = "+models/entities",
        command: str = "build",
        variables: dict[str, Any] | None = None,
        project: Path = PROJECT,
        after: BuildResult | None = None,
        tests: str = "cautious",
        **settings: str,
    ) -> BuildResult:
        link, target, warehouse = (shared / f"{source}{ending}" for ending in ("_data", "_target", ".duckdb"))
        link.unlink(missing_ok=True)
        link.symlink_to(data)
        if after:
            shutil.copy(after.warehouse, warehouse)
        environment = {key: value for key, value in os.environ.items() if not key.startswith("CUSTOMER_SEGMENTS_")}
        environment |= {f"CUSTOMER_SEGMENTS_{name}": value for name, value in settings.items()}
        environment |= {
            "CUSTOMER_SEGMENTS_SOURCE": source,
            "CUSTOMER_SEGMENTS_DATA": str(link),
            "CUSTOMER_SEGMENTS_WAREHOUSE": str(warehouse),
            "CUSTOMER_SEGMENTS_PUBLISH": str(shared / "publish"),
            "DBT_TARGET_PATH": str(target),
            "DBT_LOG_PATH": str(target / "logs"),
            # The output and the warehouse are looked at, nothing else.
            "DBT_LOG_LEVEL_FILE": "none",
            "DBT_WRITE_JSON": "false",
            "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
            "HF_HUB_OFFLINE": "1",
        }
        arguments = [command, "--vars", json.dumps(variables or {}), "--indirect-selection", tests]
        returncode, output = run_dbt([*arguments, "--select", *select.split()], project, environment, shared / "log")
        assert warehouse.exists(), output
        built = warehouse.rename(tmp_path_factory.mktemp("warehouse") / warehouse.name)
        return BuildResult(built, returncode, output)

    return build
