"""Builds that were killed, and those that come after them."""

import csv
import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from benchmarks.review_shop import SENTENCES, review_texts
from python_udfs.engine import KEPT_BATCH_ROWS
from tests.python.builds.conftest import PROJECT, WITHOUT_DATA_TESTS, Build, build_environment, run_build
from tests.python.builds.embeddings_server import EmbeddingsServer
from tests.python.builds.shops import Shopper, order, write_reviews, write_shoppers

REVIEWS = KEPT_BATCH_ROWS + 1_000
PRAISE = tuple(SENTENCES[0][:44])
CUSTOMERS = 160


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two kinds of shoppers, each happy or not, with more reviews than are kept at once."""
    shoppers = [Shopper(views=2 + 4 * (n % 2), discount=0.3 * (n % 2), returned=n // 2 % 2) for n in range(CUSTOMERS)]
    folder = write_shoppers(tmp_path_factory.mktemp("killed") / "shop", shoppers)
    rows = []
    for number, text in enumerate(review_texts(REVIEWS)):
        is_happy = text.startswith(PRAISE)
        customer = 2 * (number % (CUSTOMERS // 2)) + is_happy
        rows.append((f"c{customer:03d}", 5 if is_happy else 1, text))
    return write_reviews(folder, rows)


def arguments(server: EmbeddingsServer) -> list[str]:
    quickly = {"description_provider": "template", "segment_largest_count": 6, "segment_resamples": 10}
    return ["--vars", json.dumps(quickly | server.variables())]


def kill_in_mid_embedding(folder: Path, data: Path, server: EmbeddingsServer, reviews: set[str]) -> None:
    """Starts a build and kills it, with all its processes, when the second batch of reviews is half encoded."""
    server.asked_since()
    # Clauses and phrases of aspects are encoded too, maybe at the same time.
    server.counting = reviews
    server.stop_after = KEPT_BATCH_ROWS + 500
    with (folder / "killed.log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "scripts.build", *WITHOUT_DATA_TESTS, *arguments(server)],
            cwd=PROJECT,
            env=build_environment(folder, data),
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        assert server.stopped.wait(300), (folder / "killed.log").read_text()
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    server.stop_after = None


def tables(warehouse: Path) -> dict[str, list[tuple]]:
    """The rows of every table, in an order of their own. Of builds with the same tables one is tested by dbt."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        names = connection.execute("select schema_name, table_name from duckdb_tables() order by all").fetchall()
        return {
            f"{schema}.{name}": connection.execute(f'from "{schema}"."{name}" order by all').fetchall()
            for schema, name in names
        }


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory, data: Path, server: EmbeddingsServer) -> Build:
    built = run_build(tmp_path_factory.mktemp("undisturbed"), *arguments(server), data=data)
    assert built.returncode == 0, built.output
    return built


def test_a_build_killed_in_mid_embedding_goes_on_where_it_was_and_ends_the_same(
    undisturbed: Build, data: Path, server: EmbeddingsServer, tmp_path: Path
) -> None:
    reviews = {text for (text,) in undisturbed.query("select text from voice.review_texts")}
    kill_in_mid_embedding(tmp_path, data, server, reviews)
    kept = set([text for text in server.asked if text in reviews][:KEPT_BATCH_ROWS])
    server.asked_since()
    again = run_build(tmp_path, *WITHOUT_DATA_TESTS, *arguments(server), data=data)
    assert again.returncode == 0, again.output
    assert f"{KEPT_BATCH_ROWS:,} rows of review_embeddings are kept from a run that was stopped" in again.output
    asked = [text for text in server.asked_since() if text in reviews]
    assert again.texts_encoded() == len(asked) == REVIEWS - KEPT_BATCH_ROWS
    assert not kept & set(asked)
    assert tables(again.warehouse) == tables(undisturbed.warehouse)
    assert not [name for name in tables(again.warehouse) if "__unfinished" in name or "__dbt_tmp" in name]
    assert again.published_bytes() == undisturbed.published_bytes()


REGISTRIES = ("published.customers", "published.drivers", "published.quality", "published.segments")


def with_more_shoppers(data: Path, to: Path) -> Path:
    """The same shop, a little later."""
    shutil.copytree(data, to)
    with (to / "orders.csv").open("a", newline="") as file:
        for number in range(12):
            row = order(f"new{number}", f"new{number % 3}", number % 4, "completed", 0.0)
            csv.DictWriter(file, row.keys()).writerow(row)
    return to


def change(warehouse: Path, *statements: str) -> None:
    with duckdb.connect(str(warehouse)) as connection:
        for statement in statements:
            connection.execute(statement)


def test_a_build_that_dies_while_it_writes_down_what_it_published_has_published_nothing(
    undisturbed: Build, data: Path, server: EmbeddingsServer, tmp_path: Path
) -> None:
    later = with_more_shoppers(data, tmp_path / "shop")
    before = tables(undisturbed.warehouse)
    for name in ("dies", "lives"):
        shutil.copy(undisturbed.warehouse, tmp_path / f"{name}.duckdb")
    # The last registry to be written can't be: what dbt would replace is no table.
    warehouse = tmp_path / "dies.duckdb"
    change(warehouse, "alter table published.drivers rename to kept")
    change(warehouse, "create view published.drivers as from published.kept")
    untested = (*WITHOUT_DATA_TESTS, *arguments(server))
    died = run_build(tmp_path, *untested, data=later, name="dies", SHOP=f"shop:{data}")
    assert died.returncode != 0
    assert "nothing was published" in died.output
    after = tables(warehouse)
    assert after["marts.customer_segments"] != before["marts.customer_segments"]
    assert {name: after[name] for name in REGISTRIES if name in after} == {
        name: before[name] for name in REGISTRIES if name in after
    }

    change(warehouse, "drop view published.drivers", "alter table published.kept rename to drivers")
    again = run_build(tmp_path, *untested, data=later, name="dies", SHOP=f"shop:{data}")
    lived = run_build(tmp_path, *arguments(server), data=later, name="lives", SHOP=f"shop:{data}")
    assert again.returncode == lived.returncode == 0, again.output + lived.output
    assert tables(again.warehouse) == tables(lived.warehouse)
    assert again.published_bytes() == lived.published_bytes()
