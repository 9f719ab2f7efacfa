"""A small table and its files, as the tests of landing need them."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from python_udfs.landing.read import land
from python_udfs.landing.table import SourceTable

ORDERS = SourceTable(
    name="orders",
    files=("orders",),
    required_columns=("order_id", "customer_id"),
    optional_columns=("note",),
    aliases={"customer_id": ("buyer",)},
    required=True,
)

Rows = list[dict[str, str | None]]


@pytest.fixture
def orders() -> SourceTable:
    """A required table with two required columns and an optional one."""
    return ORDERS


@pytest.fixture
def optional_orders() -> SourceTable:
    return replace(ORDERS, required=False)


@pytest.fixture
def landed(tmp_path: Path) -> Callable[..., Rows]:
    """Writes one file (text as UTF-8, or bytes) and lands the folder it is in; returns its rows."""

    def land_file(name: str, content: str | bytes, table: SourceTable = ORDERS, **options: Any) -> Rows:
        (tmp_path / name).write_bytes(content.encode() if isinstance(content, str) else content)
        return land(table, tmp_path, **options).read_all().to_pylist()

    return land_file


@pytest.fixture
def row() -> Callable[..., dict[str, str | None]]:
    """A landed row in which nothing is wrong."""

    def good_row(order_id: str | None, customer_id: str | None, note: str | None = None) -> dict[str, str | None]:
        return {
            "order_id": order_id,
            "customer_id": customer_id,
            "note": note,
            "source_error": None,
            "source_text": None,
        }

    return good_row
