"""Shops of all kinds, and builds that must not succeed."""

import csv
import random
import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.python.builds.conftest import WITHOUT_DATA_TESTS, Build, run_build

QUICKLY = ("--vars", "{description_provider: template}")


def write(folder: Path, table: str, rows: list[dict]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{table}.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)


def small_shop(
    folder: Path, customers: int = 120, seed: int = 1, orders_each: int | None = None, amounts: bool = True
) -> Path:
    """Two kinds of customers: some order often and cheaply, some rarely and dearly."""
    dice = random.Random(seed)
    orders = []
    for customer in range(customers):
        often = customer % 2 == 0
        for _ in range(orders_each or (dice.randint(6, 12) if often else dice.randint(1, 2))):
            day = datetime(2024, 1, 1) + timedelta(days=dice.randint(0, 300), hours=dice.randint(0, 23))
            orders.append(
                {
                    "order_id": f"o{len(orders)}",
                    "customer_id": f"c{customer:03d}",
                    "ordered_at": day.isoformat(),
                    "order_status": "completed",
                }
                | (
                    {"net_amount": f"{dice.uniform(10, 30) if often else dice.uniform(150, 300):.2f}"}
                    if amounts
                    else {}
                )
            )
    write(folder, "orders", orders)
    return folder


def reviews_for(folder: Path, rows: list[tuple[str, str, str]]) -> None:
    write(
        folder,
        "reviews",
        [
            {"review_id": f"r{number}", "customer_id": customer, "rating": rating, "body": body}
            for number, (customer, rating, body) in enumerate(rows)
        ],
    )


@dataclass(frozen=True)
class Published:
    """A small shop's first build, in a folder with its files."""

    first: Build
    folder: Path

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def copied(self, to: Path) -> Path:
        """A folder with a warehouse of its own, and what was published from it."""
        shutil.copytree(self.folder, to, symlinks=True)
        return to


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Published:
    folder = tmp_path_factory.mktemp("published")
    first = run_build(folder, data=small_shop(folder / "data"))
    assert first.returncode == 0, first.output
    return Published(first, folder)


@pytest.mark.parametrize(
    ("kind", "shape"),
    [
        ("no_amounts", {"amounts": False}),
        ("one_order_each", {"orders_each": 1}),
        ("thirty_customers", {"customers": 30}),
    ],
)
def test_a_shop_builds_whatever_it_lacks_and_says_what_was_left_out(build, tmp_path, kind, shape):
    built = build(data=small_shop(tmp_path / kind, **shape))
    assert_built_and_told(built, kind == "no_amounts")
    same = built.query("select count(*) from marts.segmentation_quality where metric = 'left out: frequency'")
    assert same == [(int(kind == "one_order_each"),)]


def test_a_shop_with_nothing_but_orders_builds_and_says_what_was_left_out(published):
    assert_built_and_told(published.first, no_amounts=False)


def assert_built_and_told(built: Build, no_amounts: bool) -> None:
    assert built.returncode == 0, built.output
    left_out = {metric for (metric,) in built.query("select metric from marts.segmentation_quality")}
    assert "left out: average_sentiment" in left_out
    assert ("left out: monetary" in left_out) == no_amounts
    assert "Worth knowing:" in built.output
    ((segments,),) = built.query("select count(*) from marts.segments")
    assert segments >= 2
    ablation = built.query(
        "select value, isnan(value), verdict = 'not measured', note from marts.segmentation_ablation"
    )
    assert len(ablation) == 18
    assert all(value is not None or (not_measured and note) for value, _, not_measured, note in ablation)
    assert not any(is_nan for _, is_nan, _, _ in ablation)


def test_a_shop_too_small_for_segments_says_so(build, tmp_path):
    built = build(data=small_shop(tmp_path / "tiny", customers=5))
    assert built.returncode == 0, built.output
    assert built.query("select distinct assignment_state from marts.customer_segments") == [("insufficient_history",)]
    assert "No segments" in built.output
    assert built.query("select count(*) from marts.segment_rules") == [(0,)]
    assert built.query("select distinct verdict from marts.segmentation_ablation") == [("not measured",)]


def test_as_of_date_rebuilds_a_past_day(build, tmp_path):
    built = build(*QUICKLY, data=small_shop(tmp_path / "past"), AS_OF="2024-06-01")
    assert built.returncode == 0, built.output
    ((after,),) = built.query("select count(*) from features.customer_rfm where last_ordered_at >= '2024-06-01'")
    assert after == 0


def test_a_warehouse_refuses_another_shop_and_says_what_to_pass(published, tmp_path):
    folder = published.copied(tmp_path / "copy")
    other = small_shop(tmp_path / "other")
    second = run_build(folder, data=other)
    assert second.returncode != 0
    assert "WAREHOUSE=" in second.output
    assert "SHOP=" in second.output
    assert second.published_bytes() == published.first.published_bytes()
    moved = run_build(folder, *WITHOUT_DATA_TESTS, *QUICKLY, data=other, SHOP=f"shop:{published.data}")
    assert moved.returncode == 0, moved.output


def test_a_failed_test_leaves_what_was_published(published, tmp_path):
    folder = published.copied(tmp_path / "copy")
    later = {"data": small_shop(tmp_path / "later", seed=5), "SHOP": f"shop:{published.data}"}
    only_gates = ("--select", "+segmentation_quality", "test_name:gate", "--indirect-selection", "empty")
    failed = run_build(folder, *only_gates, "--vars", "{gate_silhouette: [0.99, 0.99]}", **later)
    assert failed.returncode != 0
    assert "nothing was published" in failed.output
    assert failed.published_bytes() == published.first.published_bytes()


def test_a_missing_required_column_stops_the_build_before_any_model(build, tmp_path):
    write(tmp_path / "shop", "orders", [{"order_id": "1", "customer_id": "a", "order_status": "completed"}])
    built = build(data=tmp_path / "shop")
    assert built.returncode != 0
    assert "orders.csv" in built.output
    assert "'ordered_at'" in built.output
    assert "sql table model" not in built.output


def test_a_shop_none_of_whose_orders_can_be_used_is_told_why(build, tmp_path):
    order = {"order_id": "1", "customer_id": "a", "ordered_at": "2024-01-01", "order_status": "paid"}
    write(tmp_path / "shop", "orders", [order, order | {"order_id": "2"}])
    built = build(data=tmp_path / "shop")
    assert built.returncode != 0
    assert "Not one order can be used; 2 of them because: order_status is none of completed" in built.output


def test_personal_data_in_reviews_reach_no_mart_and_no_log(build, tmp_path):
    data = small_shop(tmp_path / "shop")
    bodies = [
        (
            f"c{number:03d}",
            str(1 + 4 * (number % 2)),
            f"Mail canary{number}@example.com, they {'loved' * (number % 2)} it",
        )
        for number in range(80)
    ]
    reviews_for(
        data, [*bodies, ("c001", "9", "canary-rejected@example.com"), ("c002", "canary-column@example.com", "x")]
    )
    built = build(data=data)
    assert built.returncode == 0, built.output
    everything = b"".join(built.published_bytes().values()) + built.output.encode()
    everything += b"".join(path.read_bytes() for path in (tmp_path / "logs").iterdir())
    assert b"canary" not in everything.replace(str(tmp_path).encode(), b"")
