import os
from pathlib import Path

import duckdb
import pyarrow.parquet as parquet
import pytest

from scripts.publish import publish


def warehouse(folder: Path, rows: str = "(1, 'a'), (2, 'b')", marts: tuple[str, ...] = ("segments",)) -> Path:
    path = folder / "warehouse.duckdb"
    path.unlink(missing_ok=True)
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema marts")
        for mart in marts:
            connection.execute(f"create table marts.{mart} (key integer, name varchar)")
            connection.execute(f"insert into marts.{mart} values {rows}")
    return path


def test_what_is_published_can_be_read(tmp_path):
    files = publish(warehouse(tmp_path), tmp_path / "publish")
    assert [path.name for path in files] == ["marts.duckdb", "segments.parquet"]
    with duckdb.connect(str(tmp_path / "publish" / "marts.duckdb"), read_only=True) as connection:
        assert connection.execute("from segments").fetchall() == [(1, "a"), (2, "b")]
    assert parquet.read_table(tmp_path / "publish" / "segments.parquet").num_rows == 2


def test_the_order_of_rows_in_the_warehouse_changes_no_byte(tmp_path):
    first, second = tmp_path / "first", tmp_path / "second"
    publish(warehouse(tmp_path), first)
    publish(warehouse(tmp_path, rows="(2, 'b'), (1, 'a')"), second)
    assert (first / "segments.parquet").read_bytes() == (second / "segments.parquet").read_bytes()


def test_publishing_replaces_all_marts_at_once(tmp_path):
    folder = tmp_path / "publish"
    publish(warehouse(tmp_path), folder)
    before = (folder / "segments.parquet").resolve()
    publish(warehouse(tmp_path, rows="(3, 'c')"), folder)
    after = {(folder / name).resolve().parent for name in ("segments.parquet", "marts.duckdb")}
    assert len(after) == 1
    assert before.exists()  # a reader of yesterday's file isn't cut off
    assert parquet.read_table(folder / "segments.parquet").column("key").to_pylist() == [3]


def test_a_publisher_that_dies_leaves_what_was_published(tmp_path, monkeypatch):
    folder = tmp_path / "publish"
    publish(warehouse(tmp_path), folder)

    def die(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", die)
    with pytest.raises(KeyboardInterrupt):
        publish(warehouse(tmp_path, rows="(3, 'c')"), folder)
    monkeypatch.undo()
    assert parquet.read_table(folder / "segments.parquet").column("key").to_pylist() == [1, 2]
    publish(warehouse(tmp_path, rows="(3, 'c')"), folder)
    assert parquet.read_table(folder / "segments.parquet").column("key").to_pylist() == [3]


def test_a_mart_that_is_gone_is_unpublished(tmp_path):
    folder = tmp_path / "publish"
    publish(warehouse(tmp_path, marts=("segments", "topics")), folder)
    publish(warehouse(tmp_path), folder)
    assert not (folder / "topics.parquet").is_symlink()
    assert (folder / "segments.parquet").exists()


def test_old_builds_are_cleared_away(tmp_path):
    folder = tmp_path / "publish"
    for number in range(5):
        publish(warehouse(tmp_path, rows=f"({number}, 'x')"), folder)
    assert len(list((folder / ".builds").iterdir())) == 2


def test_a_warehouse_without_marts_is_refused(tmp_path):
    path = tmp_path / "empty.duckdb"
    duckdb.connect(str(path)).close()
    with pytest.raises(ValueError, match="run dbt build first"):
        publish(path, tmp_path / "publish")
    assert not (tmp_path / "publish" / "current").exists()
