"""From a shop in memory to the CSV files of the input contract: UTF-8, LF, empty for null."""

import csv
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

import numpy as np

from python_udfs.demo_shop.chance import streams
from python_udfs.demo_shop.dirt import DIRT, Dirt, Row, Sheet, scatter
from python_udfs.demo_shop.tables import Customer, DemoShop, Event, Order, OrderLine, Product, Review

Value = str | int | float | bool | datetime | None


def write_shop(shop: DemoShop, seed: int, folder: Path, truth: Path, dirt: Dirt = DIRT) -> None:
    """Write one file per entity into `folder`, dirt included, and customer_id and persona into the file `truth`.

    Folders that do not exist are made; files that exist are replaced.
    """
    sheets = exported(shop, streams(seed)["dirt"], dirt)
    folder.mkdir(parents=True, exist_ok=True)
    truth.parent.mkdir(parents=True, exist_ok=True)
    for entity, sheet in sheets.items():
        _write(folder / f"{entity}.csv", sheet.columns, sheet.rows)
    _write(truth, ("customer_id", "persona"), [list(row) for row in sorted(shop.personas.items())])


def exported(shop: DemoShop, rng: np.random.Generator, dirt: Dirt = DIRT) -> dict[str, Sheet]:
    """The shop's tables as text, by entity, with the dirt scattered over them."""
    sheets = {
        "customers": _sheet(Customer._fields, shop.customers),
        "orders": _sheet(Order._fields, shop.orders),
        "order_lines": _sheet(OrderLine._fields, shop.order_lines),
        "products": _sheet(Product._fields, shop.products),
        "reviews": _sheet(Review._fields, shop.reviews),
        "events": _sheet(Event._fields, shop.events),
    }
    scatter(rng, sheets, dirt)
    return sheets


def _sheet(columns: tuple[str, ...], rows: Iterable[Sequence[Value]]) -> Sheet:
    return Sheet(columns, [[_as_text(value) for value in row] for row in rows])


def _as_text(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:.2f}"
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    return str(value)


def _write(path: Path, columns: Sequence[str], rows: list[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)
