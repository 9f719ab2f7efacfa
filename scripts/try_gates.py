"""Builds generated shops twice, the second time with two percent more customers: no gate may shut.

python -m scripts.try_gates 1 2 3
"""

import csv
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from python_udfs.demo_shop.__main__ import SHIPPED_CUSTOMERS
from scripts.build import PREFIX, PROJECT

GROWTH = 50  # one customer in so many is new in the second build
FIGURES = ("+segmentation_quality", "test_name:gate")
# What must be built for a build to be published, so that the next one has a history.
PUBLISHED = (*FIGURES, "+segments", "+segment_lineage", "+driver_bins")


@dataclass(frozen=True)
class Judged:
    """What the gates said of one build: its number, the figures they judge, and what failed or was warned of."""

    build_number: int
    figures: dict[str, float | None]
    failed: list[str]
    warned: list[str]


def grow(seed: int, folder: Path, customers: int = SHIPPED_CUSTOMERS) -> tuple[Judged, Judged]:
    """Build the generated shop of `seed` without its newest customers, and then with them, in one warehouse.

    Raises CalledProcessError when a build fails otherwise than at a gate.
    """
    shop, whole, warehouse = folder / "shop", folder / "whole", folder / "warehouse.duckdb"
    warehouse.unlink(missing_ok=True)
    generate = ["-m", "python_udfs.demo_shop", "--seed", str(seed), "--customers", str(customers), "--to", str(whole)]
    subprocess.run([sys.executable, *generate], check=True, cwd=PROJECT)
    leave_out_newest(whole, shop)
    first = build(shop, warehouse, folder, PUBLISHED)
    for file in whole.iterdir():
        file.replace(shop / file.name)
    return first, build(shop, warehouse, folder, FIGURES)


def build(shop: Path, warehouse: Path, folder: Path, select: Iterable[str]) -> Judged:
    """Build what is selected, without descriptions by a model, and read what the gates say."""
    settings = {f"{PREFIX}DATA": str(shop), f"{PREFIX}WAREHOUSE": str(warehouse)}
    settings |= {"DBT_TARGET_PATH": str(folder / "target"), "DBT_LOG_PATH": str(folder / "logs")}
    dbt = [str(Path(sys.executable).with_name("dbt")), "--quiet", "build", "--profiles-dir", str(PROJECT)]
    arguments = ["--select", *select, "--indirect-selection", "empty", "--vars", "{description_provider: template}"]
    finished = subprocess.run([*dbt, *arguments], cwd=PROJECT, env=os.environ | settings, check=False)
    judged = judgement(warehouse)
    if finished.returncode != 0 and not judged.failed:
        raise subprocess.CalledProcessError(finished.returncode, dbt)
    return judged


def judgement(warehouse: Path) -> Judged:
    """What segmentation_quality says of the build that stands in the warehouse."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        rows = connection.execute(
            "select build_number, metric, value, verdict, remedy from marts.segmentation_quality "
            "where is_current and must_be is not null order by metric"
        ).fetchall()
    told = {word: [remedy for *_, verdict, remedy in rows if verdict == word] for word in ("fail", "warn")}
    return Judged(rows[0][0], {metric: value for _, metric, value, *_ in rows}, told["fail"], told["warn"])


def leave_out_newest(whole: Path, shop: Path) -> None:
    """Write the shop into `shop` as it was when every fiftieth customer hadn't come yet."""
    shop.mkdir(exist_ok=True)
    newest = set(column(whole / "customers.csv", "customer_id")[::GROWTH])
    orders = zip(column(whole / "orders.csv", "order_id"), column(whole / "orders.csv", "customer_id"), strict=True)
    newest |= {order_id for order_id, customer_id in orders if customer_id in newest}
    for file in whole.glob("*.csv"):
        with file.open(newline="", encoding="utf-8") as read, (shop / file.name).open("w", encoding="utf-8") as written:
            csv.writer(written, lineterminator="\n").writerows(without(csv.reader(read), newest))


def column(file: Path, name: str) -> list[str]:
    """One column of a CSV file, in the order of its rows; empty where a row is too short."""
    with file.open(newline="", encoding="utf-8") as read:
        return [row[name] or "" for row in csv.DictReader(read)]


def without(rows: Iterable[list[str]], keys: set[str]) -> Iterator[list[str]]:
    """The rows none of whose values is one of the keys, which are unlike any other value."""
    return (row for row in rows if keys.isdisjoint(row))


def main(seeds: list[int]) -> int:
    """Print what the gates say of each seed; returns 1 if any failed."""
    judged: list[Judged] = []
    with tempfile.TemporaryDirectory() as folder:
        for seed in seeds:
            builds = grow(seed, Path(folder))
            known = {metric: value for metric, value in builds[1].figures.items() if value is not None}
            print(f"seed {seed}: " + ", ".join(f"{metric} {value:.3f}" for metric, value in known.items()), flush=True)
            for one in builds:
                for word, remedies in (("fails", one.failed), ("is warned", one.warned)):
                    print("".join(f"  build {one.build_number} {word}: {remedy}\n" for remedy in remedies), end="")
            judged += builds
    failed, warned = (sum(map(len, told)) for told in zip(*((one.failed, one.warned) for one in judged), strict=True))
    print(f"{len(seeds)} shops, each built twice: gates shut: {failed}, warnings: {warned}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main([int(seed) for seed in sys.argv[1:]]))
