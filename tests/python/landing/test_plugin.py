"""The dbt plugin: what dbt hands over becomes a landed table, or a clear error."""

import pytest
from dbt.adapters.duckdb.credentials import DuckDBCredentials
from dbt.adapters.duckdb.utils import SourceConfig

from python_udfs.duckdb_plugin import Plugin
from python_udfs.landing.errors import LandingError


@pytest.fixture
def plugin() -> Plugin:
    return Plugin("landing", {}, DuckDBCredentials())


def orders_in(data: str) -> SourceConfig:
    meta = {"data": data, "encoding": "", "files": ["orders"], "required_columns": ["order_id"], "required": True}
    return SourceConfig("orders", "orders", "landing_shop", None, meta, [])


def test_a_source_lands_as_its_meta_declares(plugin, tmp_path) -> None:
    (tmp_path / "orders.csv").write_text("order_id\no1\n")
    rows = plugin.load(orders_in(str(tmp_path))).read_all().to_pylist()
    assert rows == [{"order_id": "o1", "source_error": None, "source_text": None}]


def test_a_source_system_without_data_says_what_to_pass(plugin) -> None:
    with pytest.raises(LandingError, match=r"make build SOURCE=<source system> DATA=<folder or file>"):
        plugin.load(orders_in(""))
