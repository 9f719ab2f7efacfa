"""The main job: `dbt build`, then, only if nothing failed, the marts are published and summed up.

Called by `make build`; told what to build by the environment variables in the README's table. When nothing has changed
since the published build, there is nothing to do but to say so; CUSTOMER_SEGMENTS_FORCE=1 builds all the same.
"""

import os
import subprocess
import sys
from pathlib import Path

import duckdb

from scripts.inputs import inputs_hash
from scripts.publish import INPUTS, publish
from scripts.summary import summary

PROJECT = Path(__file__).resolve().parent.parent
PREFIX = "CUSTOMER_SEGMENTS_"


def main(dbt_arguments: list[str]) -> int:
    """Run the whole job; returns the exit code of dbt."""
    environment = settings_with_whole_paths(os.environ)
    warehouse = Path(environment.get(f"{PREFIX}WAREHOUSE") or PROJECT / "warehouse.duckdb")
    folder = Path(environment.get(f"{PREFIX}PUBLISH") or PROJECT / "publish")
    force = bool(environment.pop(f"{PREFIX}FORCE", ""))

    inputs = hash_of_inputs(environment, dbt_arguments)
    published = folder / "current" / INPUTS
    if not force and inputs and warehouse.exists() and published.exists() and published.read_text() == inputs:
        print("Nothing has changed since the last build: what it published is up to date. FORCE=1 builds it anew.")
    else:
        exit_code = run_dbt(environment, dbt_arguments)
        if exit_code != 0:
            print("\nThe build failed, see above: nothing was published, what was published before is untouched.")
            return exit_code
        stopped = failed_gates(warehouse)
        if stopped:
            # A run that left the tests out still has its verdicts.
            print("\nNothing was published, what was published before is untouched:", *stopped, sep="\n  ")
            return 1
        publish(warehouse, folder, inputs)

    print(f"\n{summary(folder / 'marts.duckdb')}\n")
    print(f"Warehouse: {warehouse}")
    print(f"Published: {folder}: {', '.join(sorted(path.name for path in folder.glob('[!.]*.*')))}")
    return 0


def failed_gates(warehouse: Path) -> list[str]:
    """What the gates that this build failed say, one line each."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        return [
            remedy
            for (remedy,) in connection.execute(
                "select remedy from marts.segmentation_quality where is_current and verdict = 'fail' order by metric"
            ).fetchall()
        ]


def settings_with_whole_paths(environment: "os._Environ[str]") -> dict[str, str]:
    """The environment with absolute paths: dbt runs in the project's folder, the user may not."""
    settings = dict(environment)
    for name in (f"{PREFIX}DATA", f"{PREFIX}WAREHOUSE", f"{PREFIX}PUBLISH"):
        if settings.get(name):
            settings[name] = str(Path(settings[name]).expanduser().absolute())
    return settings


def hash_of_inputs(environment: dict[str, str], dbt_arguments: list[str]) -> str:
    """The hash of all that this build is made from; empty when the data aren't there, which dbt will tell."""
    settings = {name: value for name, value in environment.items() if name.startswith(PREFIX)}
    data = Path(settings[f"{PREFIX}DATA"]) if settings.get(f"{PREFIX}DATA") else None
    if data is not None and not data.exists():
        return ""
    return inputs_hash(PROJECT, data, settings, dbt_arguments)


def run_dbt(environment: dict[str, str], dbt_arguments: list[str]) -> int:
    """Run `dbt build` in a process of its own; returns its exit code."""
    # Unit tests test the code, not the data: `make test` and bare `dbt build` run them.
    arguments = ["--profiles-dir", str(PROJECT), "--exclude-resource-type", "unit_test", *dbt_arguments]
    command = [str(Path(sys.executable).with_name("dbt")), "--log-level-file", "info", "build", *arguments]
    return subprocess.run(command, cwd=PROJECT, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
