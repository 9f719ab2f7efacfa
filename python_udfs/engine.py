"""The engine seam: the only code that knows which warehouse engine runs a Python model.

A model reads frames, maps Arrow batches to Arrow batches, and returns what `map_batches` or `rows` gave it. Estimators
are fitted on a bounded sample in the driver and applied to all rows in batches, so memory is bounded by the batch and
the sample, never by the number of customers.

Work that takes hours is kept batch by batch while it is done, so that a run that was killed can be taken up.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import pyarrow as pa

from python_udfs.progress import logger

BatchFunction = Callable[[pa.RecordBatch], pa.RecordBatch]

BATCH_ROWS = 5_000
# What a killed run may lose of work that is kept: some seconds of an encoder's.
KEPT_BATCH_ROWS = 2_000
# Behind a model's name: the table of what is finished of it, until macros/engine/drop_python_temporary_tables drops it.
UNFINISHED = "__unfinished"


class Engine(Protocol):
    """What a Python model may ask of a warehouse engine. A frame is lazy: nothing is read before it's needed."""

    def read(self, relation: Any, columns: Sequence[str], order_by: Sequence[str] = ()) -> Any:
        """Some columns of a relation as a frame; `order_by` makes the order of its rows independent of the engine.

        Don't order vectors: a million of them are sorted in files, in ten times the time, or not at all.
        """

    def anti_join(self, frame: Any, relation: Any, on: Sequence[str]) -> Any:
        """The frame's rows whose `on` columns have no equal in `relation`: what is still to be done."""

    def count(self, frame: Any) -> int:
        """How many rows the frame has, for progress."""

    def collect(self, frame: Any) -> pa.Table:
        """A frame that is small by design (centroids, dimensions), whole, in memory."""

    def sample(self, frame: Any, key: str, limit: int) -> pa.Table:
        """At most `limit` rows: those with the smallest hash of `key`, which is unique, in its order. Never random."""

    def map_batches(self, frame: Any, function: BatchFunction, schema: pa.Schema) -> Any:
        """Apply `function` to each batch; returns what a Python model of this engine returns."""

    def map_batches_once(
        self,
        frame: Any,
        function_for: Callable[[int], BatchFunction],
        schema: pa.Schema,
        model: Any,
        on: Sequence[str],
    ) -> Any:
        """As `map_batches`, for work too dear to be done twice: each batch's result is stored for good at once.

        A run of `model` (dbt.this) that was killed is taken up: rows whose `on` columns, which frame and result both
        have, are stored aren't given to the function again. function_for: makes it from the number of rows left.
        """

    def rows(self, table: pa.Table) -> Any:
        """A small result as what a Python model of this engine returns."""

    def exists(self, relation: Any) -> bool:
        """Whether the table exists already: a model may read what it held after the last build."""


@dataclass(frozen=True)
class DuckDBFrame:
    """A query on DuckDB that hasn't run yet."""

    query: str
    order_by: tuple[str, ...] = ()

    def ordered(self) -> str:
        """The query with its order, which a subquery would be free to lose."""
        return self.query + (f" order by {', '.join(self.order_by)}" if self.order_by else "")


class DuckDBEngine:
    """dbt-duckdb: frames are SQL text, results stream into the table through a `pa.RecordBatchReader`."""

    def __init__(self, session: Any) -> None:
        self.session = session

    def read(self, relation: Any, columns: Sequence[str], order_by: Sequence[str] = ()) -> DuckDBFrame:
        names = ", ".join(f'"{column}"' for column in columns)
        return DuckDBFrame(f"select {names} from {_from(relation)}", tuple(order_by))

    def anti_join(self, frame: DuckDBFrame, relation: Any, on: Sequence[str]) -> DuckDBFrame:
        query = f"select * from ({frame.query}) anti join {_from(relation)} using ({', '.join(on)})"
        return DuckDBFrame(query, frame.order_by)

    def count(self, frame: DuckDBFrame) -> int:
        (row,) = self.session.cursor().execute(f"select count(*) from ({frame.query})").fetchall()
        return int(row[0])

    def collect(self, frame: DuckDBFrame) -> pa.Table:
        return self.session.cursor().sql(frame.ordered()).to_arrow_table()

    def sample(self, frame: DuckDBFrame, key: str, limit: int) -> pa.Table:
        # The keys alone first: sorting what belongs to them, vectors for instance, takes much time and memory.
        smallest = f"select {key} from ({frame.query}) order by md5({key}), {key} limit {int(limit)}"
        chosen = f"select * from ({frame.query}) where {key} in ({smallest}) order by {key}"
        return self.session.cursor().sql(chosen).to_arrow_table()

    def map_batches(self, frame: DuckDBFrame, function: BatchFunction, schema: pa.Schema) -> pa.RecordBatchReader:
        # A cursor of its own: a connection with an open reader refuses any other query.
        reader = self.session.cursor().sql(frame.ordered()).to_arrow_reader(BATCH_ROWS)

        def mapped() -> Iterator[pa.RecordBatch]:
            for batch in reader:
                yield function(batch)

        return pa.RecordBatchReader.from_batches(schema, mapped())

    def map_batches_once(
        self,
        frame: DuckDBFrame,
        function_for: Callable[[int], BatchFunction],
        schema: pa.Schema,
        model: Any,
        on: Sequence[str],
    ) -> pa.RecordBatchReader:
        # Transactions of its own: what dbt does with the model is one, and a killed run loses all of it.
        unfinished = self._unfinished(model, schema, frame, on)
        left = self.anti_join(frame, unfinished, on)
        function = function_for(self.count(left))
        keeper = self.session.cursor()
        for batch in self.session.cursor().sql(left.ordered()).to_arrow_reader(KEPT_BATCH_ROWS):
            keeper.register("finished", pa.Table.from_batches([function(batch)]))
            keeper.execute(f"insert into {unfinished} from finished")
        return self.session.cursor().sql(f"from {unfinished}").to_arrow_reader(BATCH_ROWS)

    def _unfinished(self, model: Any, schema: pa.Schema, frame: DuckDBFrame, on: Sequence[str]) -> str:
        """The table that keeps what is finished of the model: empty, or with what a killed run did of the frame."""
        name = f'"{model.database}"."{model.schema}"."{model.identifier}{UNFINISHED}"'
        cursor = self.session.cursor()
        cursor.register("nothing", schema.empty_table())
        cursor.execute(f"create table if not exists {name} as from nothing")
        if _columns(cursor, name) != _columns(cursor, "nothing"):
            cursor.execute(f"create or replace table {name} as from nothing")
        if kept := self.count(DuckDBFrame(f"from {name}")):
            logger.info("%s rows of %s are kept from a run that was stopped", f"{kept:,}", model.identifier)
            equal = " and ".join(f"wanted.{column} = unfinished.{column}" for column in on)
            wanted = f"select 1 from ({frame.query}) as wanted where {equal}"
            cursor.execute(f"delete from {name} as unfinished where not exists ({wanted})")
        return name

    def rows(self, table: pa.Table) -> pa.RecordBatchReader:
        # A reader, not a table: dbt-duckdb imports pyarrow.dataset, hundreds of milliseconds, for a table.
        return table.to_reader()

    def exists(self, relation: Any) -> bool:
        query = "select count(*) from duckdb_tables() where schema_name = ? and table_name = ?"
        (row,) = self.session.cursor().execute(query, [relation.schema, relation.identifier]).fetchall()
        return bool(row[0])


def _from(relation: Any) -> str:
    """What stands behind `from`: dbt.ref() gives a relation with a query, dbt.this only a name."""
    return f"({relation.sql_query()})" if hasattr(relation, "sql_query") else str(relation)


def _columns(cursor: Any, table: str) -> list[tuple[str, str]]:
    """Names and types of a table's columns."""
    return [(name, type_) for name, type_, *_ in cursor.execute(f"describe {table}").fetchall()]


def engine_for(session: Any) -> Engine:
    """The engine behind a dbt Python model's `session` argument. Raises TypeError for an unknown engine."""
    # dbt-duckdb hands over its own wrapper around a cursor.
    if type(session).__module__.startswith(("duckdb", "_duckdb", "dbt.adapters.duckdb")):
        return DuckDBEngine(session)
    raise TypeError(f"no engine for a session of type {type(session)!r}; engines live in python_udfs/engine.py")
