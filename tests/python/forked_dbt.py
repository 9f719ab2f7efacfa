"""dbt in a process of its own that has imported it already: of a build of some models imports take nearly half.

One process per worker imports what most builds need and is forked for each of them. It never does anything else, so a
build finds nothing of the one before.
"""

import os
import sys
from collections.abc import Mapping, Sequence
from multiprocessing import get_context
from pathlib import Path

# No encoder: torch has threads of its own, which don't survive a fork.
IMPORTED = ("dbt.cli.main", "dbt.adapters.duckdb", "pandas", "sklearn.cluster", "sklearn.linear_model")

forking = get_context("forkserver")
forking.set_forkserver_preload([__name__, *IMPORTED, "python_udfs.duckdb_plugin"])


def run_dbt(arguments: Sequence[str], folder: Path, environment: Mapping[str, str], log: Path) -> tuple[int, str]:
    """Run dbt in `folder` with these environment variables and no others; returns its exit code and what it printed."""
    process = forking.Process(target=_run, args=(list(arguments), folder, dict(environment), log))
    process.start()
    process.join()
    return process.exitcode, log.read_text()


def _run(arguments: list[str], folder: Path, environment: dict[str, str], log: Path) -> None:
    with log.open("w") as output:
        for stream in (sys.stdout, sys.stderr):
            os.dup2(output.fileno(), stream.fileno())
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager
    from dbt.cli.main import cli

    try:
        cli(["--no-use-colors", *arguments])
    finally:
        # Else DuckDB leaves what it wrote in its log: a forked process ends without what Python does at exit.
        DuckDBConnectionManager.close_all_connections()
