"""The dbt-duckdb plugin: lands a shop's files as source tables in the warehouse."""

from pathlib import Path

import pyarrow as pa
from dbt.adapters.duckdb.plugins import BasePlugin
from dbt.adapters.duckdb.utils import SourceConfig

from python_udfs.landing.read import land
from python_udfs.landing.table import SourceTable


class Plugin(BasePlugin):
    """Sources with `meta: {plugin: landing}` are read from files by `python_udfs.landing`."""

    def load(self, source_config: SourceConfig) -> pa.RecordBatchReader:
        """The source's file as a stream of text columns. Raises LandingError; see `land`."""
        meta = source_config.meta
        table = SourceTable.from_meta(source_config.name, meta)
        return land(table, Path(meta["data"]).expanduser(), meta.get("encoding") or "utf-8")
