"""The dbt-duckdb plugin: lands a shop's files as source tables, offers SQL functions, tells progress in dbt's log."""

import atexit
import logging
import os
from pathlib import Path
from typing import Any

import pyarrow as pa
from dbt.adapters.duckdb.plugins import BasePlugin
from dbt.adapters.duckdb.utils import SourceConfig
from dbt.adapters.events.logging import AdapterLogger
from duckdb import DuckDBPyConnection

from python_udfs.duckdb_plugin.label_functions import register_label_functions
from python_udfs.duckdb_plugin.voice_functions import register_functions
from python_udfs.landing.errors import LandingError
from python_udfs.landing.read import land
from python_udfs.landing.table import SourceTable
from python_udfs.progress import logger


def silence_standard_error() -> None:
    """Send what comes after Python's own end nowhere: DuckDB's bindings report harmless leaks there, a page of them."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)


# Registered before anything else that a Python model imports, so that it runs last.
atexit.register(silence_standard_error)


class DbtLog(logging.Handler):
    """Shows what python_udfs log as dbt's own messages, since they know nothing of dbt."""

    dbt = AdapterLogger("customer_segments")

    def emit(self, record: logging.LogRecord) -> None:
        """Log the record at dbt's level of the same name."""
        tell = {"WARNING": self.dbt.warning, "ERROR": self.dbt.error}.get(record.levelname, self.dbt.info)
        tell(record.getMessage())


class Plugin(BasePlugin):
    """Sources with `meta: {plugin: landing}` are read from files by `python_udfs.landing`."""

    def initialize(self, plugin_config: dict[str, Any]) -> None:
        """Connect the project's logger with dbt's, once in a process."""
        logger.setLevel(logging.INFO)
        logger.propagate = False
        if not any(isinstance(handler, DbtLog) for handler in logger.handlers):
            logger.addHandler(DbtLog())

    def configure_connection(self, conn: DuckDBPyConnection) -> None:
        """Offer the SQL functions; what one needs is loaded when it's called."""
        register_label_functions(conn)
        register_functions(conn, self.creds.schema if self.creds else "main")

    def load(self, source_config: SourceConfig) -> pa.RecordBatchReader:
        """The source's file as a stream of text columns. Raises LandingError; see `land`."""
        meta = source_config.meta
        if not meta["data"]:
            raise LandingError(
                "Only the source system 'shop' has a demo. Pass where your data are: make build SOURCE=<source system> "
                "DATA=<folder or file> (bare dbt: CUSTOMER_SEGMENTS_DATA)."
            )
        table = SourceTable.from_meta(source_config.name, meta)
        return land(table, Path(meta["data"]).expanduser(), meta.get("encoding") or "utf-8")
