"""Publishes the marts for BI: one DuckDB file and one Parquet file per mart, all at once or not at all.

The files of a build stand in a folder of their own below `.builds`; `current` points to the last one, and what BI opens
points through `current`. Replacing that one link is atomic, so nobody ever sees a half-written file, or one mart of
today beside another of yesterday.
"""

import hashlib
import os
import shutil
from pathlib import Path

import duckdb
import pyarrow.parquet as parquet

BUILDS_TO_KEEP = 2
INPUTS = "inputs.sha256"


def publish(warehouse: Path, folder: Path, inputs: str = "", schema: str = "marts") -> list[Path]:
    """Publish every table of the warehouse's `schema` to `folder`; returns the published files.

    inputs: hash of what the marts were built from, kept beside them. The same marts give the same bytes in the Parquet
    files. Raises ValueError when there are no marts.
    """
    builds = folder / ".builds"
    builds.mkdir(parents=True, exist_ok=True)
    unfinished = builds / "unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir()
    names = write_marts(warehouse, unfinished, schema)
    build = builds / fingerprint(unfinished)
    if build.exists():
        shutil.rmtree(unfinished)
    else:
        unfinished.rename(build)
    (build / INPUTS).write_text(inputs)
    point(folder / "current", Path(".builds") / build.name)
    for name in names:
        point(folder / name, Path("current") / name)
    remove_others(folder, builds, build, names)
    return [folder / name for name in names]


def write_marts(warehouse: Path, folder: Path, schema: str) -> list[str]:
    """Write the marts into `folder`, each ordered by all its columns; returns the names of the files."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        rows = connection.execute(
            "select table_name from duckdb_tables() where schema_name = ? order by table_name", [schema]
        ).fetchall()
        if not rows:
            raise ValueError(f"{warehouse} has no tables in the schema {schema}: run dbt build first")
        names = [name for (name,) in rows]
        for name in names:
            # "order by all" makes the file independent of the order in which threads finished.
            table = connection.sql(f'from "{schema}"."{name}" order by all').to_arrow_table()
            parquet.write_table(table, folder / f"{name}.parquet")
    with duckdb.connect(str(folder / "marts.duckdb"), config={"storage_compatibility_version": "v1.5.0"}) as connection:
        for name in names:
            path = str(folder / f"{name}.parquet").replace("'", "''")
            connection.execute(f"create table \"{name}\" as from read_parquet('{path}')")
    return ["marts.duckdb", *(f"{name}.parquet" for name in names)]


def fingerprint(folder: Path) -> str:
    """A name for a build by the content of its Parquet files: the same marts, the same build."""
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.parquet")):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def point(link: Path, target: Path) -> None:
    """Make `link` a symbolic link to `target`, replacing what stood there in one step."""
    fresh = link.with_name(f".{link.name}.fresh")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(target)
    os.replace(fresh, link)


def remove_others(folder: Path, builds: Path, build: Path, names: list[str]) -> None:
    """Remove links to marts that are gone, and all builds but this and the one before: a reader may still be in it."""
    for link in folder.iterdir():
        if link.is_symlink() and link.name not in ("current", *names):
            link.unlink()
    others = sorted((path for path in builds.iterdir() if path != build), key=lambda path: path.stat().st_mtime)
    for path in others[: -(BUILDS_TO_KEEP - 1)]:
        shutil.rmtree(path)
