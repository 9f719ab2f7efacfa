"""The voice's functions in SQL on DuckDB: `embed`, `sentiment`, `redact`, `detect_language`, `similarity`.

dbt's connections have them by the plugin; any other connection to a warehouse, a notebook's for example, by

    from python_udfs.duckdb_plugin.voice_functions import register_functions
    register_functions(connection)

They work as the last `dbt build` or `dbt run` did, because that wrote its settings into the warehouse.
"""

import json
import weakref
from collections.abc import Callable
from threading import Lock

import duckdb
import pyarrow as pa

from python_udfs.voice.learned_sentiment import LearnedSentiment
from python_udfs.voice.sql_functions import Column, VoiceFunctions
from python_udfs.voice.stored_sentiment import SENTIMENT_MODEL, learned_from


class MissingBuildError(RuntimeError):
    """The warehouse lacks what a function needs; the message says which command makes it."""


def register_functions(connection: duckdb.DuckDBPyConnection, schema: str = "main") -> None:
    """Make the functions known to the connection and its cursors, for as long as the connection lives.

    schema: dbt's target schema, where the settings stand. Nothing is read or loaded before a function is called.
    """
    warehouse = _Warehouse(connection, schema)
    for name, (function, parameters, result) in {
        "embed": (warehouse.embed, 1, "FLOAT[]"),
        "sentiment": (warehouse.sentiment, 1, "DOUBLE"),
        "redact": (warehouse.redact, 1, "VARCHAR"),
        "detect_language": (warehouse.detect_language, 1, "VARCHAR"),
        "similarity": (warehouse.similarity, 2, "DOUBLE"),
    }.items():
        _forget(connection, name)
        connection.create_function(
            name, function, ["VARCHAR"] * parameters, result, type="arrow", null_handling="special"
        )


def _forget(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """Takes back an earlier registration: connections of one process to one file share their functions."""
    try:
        connection.remove_function(name)
    except duckdb.InvalidInputException:
        return


class _Warehouse:
    """The functions with what the warehouse holds at the moment of the call; one call at a time."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, schema: str) -> None:
        # Weakly, for the connection holds the functions: DuckDB can't tell that both may go.
        self.connection = weakref.proxy(connection)
        self.settings_table = f'"{schema}".voice_settings'
        self.lock = Lock()
        self.stored = ""
        self.model: dict[str, str] = {}
        self.functions: VoiceFunctions | None = None
        self.fitted: tuple[tuple[int], dict[str, LearnedSentiment]] | None = None

    def embed(self, texts: Column) -> pa.Array:
        return self._call(lambda voice: voice.embed(texts))

    def sentiment(self, texts: Column) -> pa.Array:
        return self._call(lambda voice: voice.sentiment(texts, self._learned(voice)))

    def redact(self, texts: Column) -> pa.Array:
        return self._call(lambda voice: voice.redact(texts))

    def detect_language(self, texts: Column) -> pa.Array:
        return self._call(lambda voice: voice.detect_language(texts))

    def similarity(self, texts: Column, others: Column) -> pa.Array:
        return self._call(lambda voice: voice.similarity(texts, others))

    def _call(self, function: Callable[[VoiceFunctions], pa.Array]) -> pa.Array:
        with self.lock:
            return function(self._functions())

    def _functions(self) -> VoiceFunctions:
        """The functions under the stored settings; made anew only when these have changed, so models stay loaded."""
        try:
            (stored,) = self._query(f"select settings from {self.settings_table}").fetchone()
        except duckdb.CatalogException as error:
            raise MissingBuildError("the warehouse doesn't know yet how to read reviews: run dbt build") from error
        if self.functions is None or stored != self.stored:
            settings = json.loads(stored)
            self.stored, self.model = stored, settings.pop("sentiment_model")
            self.functions = VoiceFunctions(**settings)
        return self.functions

    def _learned(self, voice: VoiceFunctions) -> dict[str, LearnedSentiment]:
        """The stored model of sentiment; read anew when its table has been made anew."""
        place = [self.model["schema"], self.model["table"]]
        made = "select table_oid from duckdb_tables() where schema_name = ? and table_name = ?"
        table = self._query(made, place).fetchone()
        if table is None:
            raise MissingBuildError(f"the warehouse has no {'.'.join(place)}: run dbt build --select +{place[1]}")
        if self.fitted is None or table != self.fitted[0]:
            query = 'select {} from "{}"."{}"'.format(", ".join(SENTIMENT_MODEL.names), *place)
            self.fitted = (table, learned_from(self.connection.cursor().sql(query).to_arrow_table(), voice.unlearned))
        return self.fitted[1]

    def _query(self, query: str, parameters: list[str] | None = None) -> duckdb.DuckDBPyConnection:
        """A query in a cursor of its own: the connection's is busy with the query that calls."""
        return self.connection.cursor().execute(query, parameters)
