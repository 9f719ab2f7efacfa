"""The main job: `dbt build`, then, only if nothing failed, the marts are published and summed up.

Called by `make build`; told what to build by the environment variables in the README's table.
"""

import os
import subprocess
import sys
from pathlib import Path

from scripts.publish import publish
from scripts.summary import summary

PROJECT = Path(__file__).resolve().parent.parent


def build(dbt_arguments: list[str]) -> int:
    """Run the whole job; returns the exit code of dbt."""
    environment = dict(os.environ)
    for name in ("DATA", "WAREHOUSE", "PUBLISH"):
        path = environment.get(f"CUSTOMER_SEGMENTS_{name}")
        if path:
            # dbt runs in the project's folder; the user may not.
            environment[f"CUSTOMER_SEGMENTS_{name}"] = str(Path(path).expanduser().absolute())
    warehouse = Path(environment.get("CUSTOMER_SEGMENTS_WAREHOUSE") or PROJECT / "warehouse.duckdb")
    folder = Path(environment.get("CUSTOMER_SEGMENTS_PUBLISH") or PROJECT / "publish")

    # Unit tests test the code, not the data: `make test` and bare `dbt build` run them.
    arguments = ["--profiles-dir", str(PROJECT), "--exclude-resource-type", "unit_test", *dbt_arguments]
    command = [sys.executable, "-m", "dbt.cli.main", "build", *arguments]
    finished = subprocess.run(command, cwd=PROJECT, env=environment, check=False)
    if finished.returncode != 0:
        print("\nThe build failed, see above: nothing was published, what was published before is untouched.")
        return finished.returncode

    files = publish(warehouse, folder)
    print(f"\n{summary(files[0])}\n")
    print(f"Warehouse: {warehouse}")
    print(f"Published: {folder}: {', '.join(path.name for path in files)}")
    return 0


if __name__ == "__main__":
    sys.exit(build(sys.argv[1:]))
