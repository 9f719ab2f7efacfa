"""Segments keep their keys when a shop is built again after something that changes no customer's nature."""

import csv
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from tests.python.builds.conftest import Build
from tests.python.forked_dbt import run_dbt

PROJECT = Path(__file__).resolve().parents[3]
# Keys, not stability figures, are looked at: fewer resamples make the choice of k less steady, if anything.
QUICK = {"description_provider": "template", "segment_resamples": "10", "segment_gap_references": "0"}
# What has keys; and all that must be built for a build to be published, so that the next one knows its keys.
KEYS = ["+path:models/marts/customer_segments.sql", "+review_topics"]
PUBLISHED = [*KEYS, "+segments", "+segment_lineage", "+segmentation_quality", "+driver_bins"]
KEPT = 0.95
OWN_IDS = ("customer_id", "order_id", "review_id", "event_id")
# One customer in twenty of Online Retail comes after it was published.
OLD_CUSTOMERS = "from lines where CustomerID is null or CustomerID % 20 <> 7"


def build(folder: Path, data: Path, select: list[str] = KEYS, source: str = "shop", **variables: str) -> None:
    """Build the segments of `data` in the warehouse of `folder`, in which what was published before is remembered."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("CUSTOMER_SEGMENTS_")}
    environment |= {
        "CUSTOMER_SEGMENTS_SOURCE": source,
        "CUSTOMER_SEGMENTS_DATA": str(data),
        "CUSTOMER_SEGMENTS_SHOP": "the same shop",
        "CUSTOMER_SEGMENTS_WAREHOUSE": str(folder / "shop.duckdb"),
        "DBT_TARGET_PATH": str(folder / "target"),
        "DBT_LOG_PATH": str(folder / "logs"),
        "DBT_WRITE_JSON": "false",
    }
    told = ", ".join(f"{name}: {value}" for name, value in {**QUICK, **variables}.items())
    arguments = ["build", "--select", *select, "--exclude-resource-type", "test", "unit_test", "--vars", f"{{{told}}}"]
    returncode, output = run_dbt(arguments, PROJECT, environment, folder / "log")
    assert returncode == 0, output[-3000:]


def keys(folder: Path) -> dict[str, str]:
    """customer_id -> segment_key of the customers who are in a segment."""
    with duckdb.connect(str(folder / "shop.duckdb"), read_only=True) as connection:
        query = "select customer_id, segment_key from marts.customer_segments where segment_key is not null"
        return dict(connection.execute(query).fetchall())


def topic_keys(folder: Path) -> dict[str, str]:
    """review_id -> topic_key of the reviews with text."""
    with duckdb.connect(str(folder / "shop.duckdb"), read_only=True) as connection:
        return dict(connection.execute("select review_id, topic_key from voice.review_topics").fetchall())


def share_kept(before: dict[str, str], after: dict[str, str]) -> float:
    """Share of the customers, or reviews, that had a key and have the same one still; nobody leaves the shops here."""
    return sum(after.get(customer) == key for customer, key in before.items()) / len(before)


def copied(folder: Path, to: Path) -> Path:
    """A warehouse of its own that remembers what `folder` published."""
    to.mkdir()
    shutil.copy(folder / "shop.duckdb", to)
    return to


def table(path: Path) -> tuple[list[str], list[list[str]]]:
    """Header and rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    return header, rows


def write(path: Path, header: list[str], rows: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *rows])


def demo_shop(to: Path) -> Path:
    shutil.copytree(PROJECT / "seeds" / "demo", to)
    return to


def in_another_order(to: Path) -> Path:
    """The demo's files, each with its rows in another order."""
    for path in demo_shop(to).glob("*.csv"):
        header, rows = table(path)
        random.Random(1).shuffle(rows)
        write(path, header, rows)
    return to


def with_new_customers(to: Path, share: float = 0.05) -> Path:
    """The demo's files and customers who are new to it: those of a smaller shop, of another seed."""
    _, customers = table(demo_shop(to) / "customers.csv")
    others = to / "others"
    few = str(round(share * len(customers)))
    generate = ["-m", "python_udfs.demo_shop", "--seed", "8", "--customers", few, "--to", str(others)]
    subprocess.run([sys.executable, *generate], check=True, cwd=PROJECT)
    for entity in ("customers", "orders", "order_lines", "reviews", "events"):
        header, rows = table(to / f"{entity}.csv")
        their_header, theirs = table(others / f"{entity}.csv")
        assert their_header == header
        ids = {header.index(name) for name in OWN_IDS if name in header}
        more = [[f"new-{value}" if at in ids and value else value for at, value in enumerate(row)] for row in theirs]
        write(to / f"{entity}.csv", header, rows + more)
    shutil.rmtree(others)
    return to


@pytest.fixture(scope="module")
def published_demo(tmp_path_factory: pytest.TempPathFactory, demo: Build) -> Path:
    folder = tmp_path_factory.mktemp("published_demo")
    shutil.copy(demo.warehouse, folder)
    # Its texts needn't be read again, but it is another shop, of which nothing is published.
    with duckdb.connect(str(folder / "shop.duckdb")) as connection:
        connection.execute("drop table shop")
        connection.execute("drop schema published cascade")
    build(folder, demo_shop(folder / "demo"), PUBLISHED)
    assert_published(folder)
    return folder


def assert_published(folder: Path) -> None:
    """Keys are only kept where they were published."""
    with duckdb.connect(str(folder / "shop.duckdb"), read_only=True) as connection:
        for kind in ("segments", "topics"):
            query = f"select count(distinct {kind[:-1]}_key) from published.{kind} where not retired"
            ((kept,),) = connection.execute(query).fetchall()
            assert kept >= 2 or (kind == "topics" and not topic_keys(folder)), kind


@pytest.mark.parametrize(
    ("data", "variables"),
    [
        (in_another_order, {}),
        (with_new_customers, {}),
        (demo_shop, {"as_of_date": "'2024-12-27'"}),
        (demo_shop, {"segment_seed": "1"}),
    ],
    ids=["rows_in_another_order", "5%_new_customers", "a_day_later", "another_seed"],
)
def test_customers_of_the_demo_keep_their_segment_key(
    published_demo: Path, tmp_path: Path, data: Callable[[Path], Path], variables: dict[str, str]
):
    folder = copied(published_demo, tmp_path / "again")
    build(folder, data(tmp_path / "data"), **variables)
    kept = share_kept(keys(published_demo), keys(folder))
    assert kept >= KEPT
    topics_kept = share_kept(topic_keys(published_demo), topic_keys(folder))
    assert topics_kept >= KEPT
    if data is in_another_order:
        assert kept == topics_kept == 1


@pytest.fixture(scope="module")
def retail_lines(shared_data: Callable[[str], Path]) -> Path:
    return shared_data("online_retail") / "online_retail.parquet"


@pytest.fixture(scope="module", params=["shared_mixture", "k_means"])
def published_retail(
    tmp_path_factory: pytest.TempPathFactory, retail_lines: Path, request: pytest.FixtureRequest
) -> tuple[Path, str]:
    """A warehouse that published the old customers' segments, and the estimator that formed them."""
    folder = tmp_path_factory.mktemp("published_retail")
    old = retail(OLD_CUSTOMERS, retail_lines, folder / "data")
    build(folder, old, PUBLISHED, source="online_retail", segment_estimator=request.param)
    assert_published(folder)
    return folder, request.param


def retail(query: str, data: Path, to: Path) -> Path:
    """What a query on the lines of Online Retail gives, as a file of its own."""
    to.mkdir()
    with duckdb.connect() as connection:
        lines = connection.read_parquet(str(data))
        lines.query("lines", query).write_parquet(str(to / "online_retail.parquet"))
    return to / "online_retail.parquet"


@pytest.mark.parametrize(
    ("query", "variables"),
    [
        (f"{OLD_CUSTOMERS} order by hash(InvoiceNo, StockCode, Quantity)", {}),
        ("from lines", {}),
        (OLD_CUSTOMERS, {"as_of_date": "'2011-12-11'"}),
        (OLD_CUSTOMERS, {"segment_seed": "1"}),
    ],
    ids=["rows_in_another_order", "5%_new_customers", "a_day_later", "another_seed"],
)
def test_customers_of_online_retail_keep_their_segment_key(
    published_retail: tuple[Path, str], retail_lines: Path, tmp_path: Path, query: str, variables: dict[str, str]
):
    published, estimator = published_retail
    folder = copied(published, tmp_path / "again")
    data = retail(query, retail_lines, tmp_path / "data")
    build(folder, data, source="online_retail", segment_estimator=estimator, **variables)
    assert share_kept(keys(published), keys(folder)) >= KEPT
