from dataclasses import dataclass

import duckdb
import pyarrow as pa
import pytest

from python_udfs.engine import KEPT_BATCH_ROWS, engine_for


@pytest.fixture
def session():
    with duckdb.connect() as connection:
        connection.execute(
            "create table customers as select 'c' || range as customer_id, range as visits from range(1000)"
        )
        yield connection


def test_a_sample_is_the_same_whatever_the_order_of_rows(session):
    session.execute("create table reversed as from customers order by visits desc")
    engine = engine_for(session)
    samples = [
        engine.sample(engine.read(session.table(name), ["customer_id", "visits"]), key="customer_id", limit=50)
        for name in ("customers", "reversed")
    ]
    assert samples[0].num_rows == 50
    assert samples[0] == samples[1]
    assert samples[0].column("customer_id").to_pylist() == sorted(samples[0].column("customer_id").to_pylist())


def test_what_is_done_already_is_not_done_again(session):
    session.execute("create table done as select customer_id from customers where visits >= 3")
    engine = engine_for(session)
    frame = engine.read(session.table("customers"), ["customer_id", "visits"], order_by=["visits"])
    rest = engine.anti_join(frame, session.table("done"), on=["customer_id"])
    assert engine.count(rest) == 3
    assert engine.collect(rest).column("visits").to_pylist() == [0, 1, 2]


def test_batches_are_mapped_in_a_stream_and_in_order(session):
    schema = pa.schema([pa.field("twice", pa.int64())])

    def twice(batch: pa.RecordBatch) -> pa.RecordBatch:
        return pa.RecordBatch.from_arrays(
            [pa.array([2 * v for v in batch.column("visits").to_pylist()])], schema=schema
        )

    engine = engine_for(session)
    frame = engine.read(session.table("customers"), ["visits"], order_by=["visits"])
    mapped = engine.map_batches(frame, twice, schema)
    assert isinstance(mapped, pa.RecordBatchReader)
    assert mapped.read_all().column("twice").to_pylist() == [2 * visits for visits in range(1000)]


@dataclass(frozen=True)
class Model:
    """What dbt.this tells of a model."""

    database: str = "memory"
    schema: str = "main"
    identifier: str = "dear"


class Worker:
    """Dear work: appends a sign to each text, and dies once it has done so with `lives` batches."""

    schema = pa.schema([pa.field("text_id", pa.int64()), pa.field("worked", pa.string())])

    def __init__(self, session: duckdb.DuckDBPyConnection, lives: int = 99, sign: str = "!") -> None:
        self.engine, self.session = engine_for(session), session
        self.lives, self.sign = lives, sign
        self.told, self.done = -1, []

    def run(self) -> list[tuple[int, str]]:
        frame = self.engine.read(self.session.table("texts"), ["text_id", "text"], order_by=["text_id"])
        result = self.engine.map_batches_once(frame, self.function_for, self.schema, Model(), on=["text_id"])
        return sorted(zip(*result.read_all().to_pydict().values(), strict=True))

    def function_for(self, left: int):
        self.told = left

        def work(batch: pa.RecordBatch) -> pa.RecordBatch:
            if not self.lives:
                raise RuntimeError("killed")
            self.lives -= 1
            self.done += batch["text_id"].to_pylist()
            worked = [text + self.sign for text in batch["text"].to_pylist()]
            return pa.RecordBatch.from_arrays([batch["text_id"], pa.array(worked)], schema=self.schema)

        return work


@pytest.fixture
def texts(session):
    """Three batches of texts."""
    session.execute(
        f"create table texts as select range as text_id, 'text ' || range as text from range({3 * KEPT_BATCH_ROWS})"
    )
    return session


def wanted(session, sign: str = "!") -> list[tuple[int, str]]:
    return session.execute(f"select text_id, text || '{sign}' from texts order by text_id").fetchall()


def test_what_a_killed_run_finished_is_not_done_again(texts):
    with pytest.raises(RuntimeError, match="killed"):
        Worker(texts, lives=2).run()
    second = Worker(texts)
    assert second.run() == wanted(texts)
    assert second.told == len(second.done) == KEPT_BATCH_ROWS


def test_what_nobody_wants_any_longer_is_not_taken_from_a_killed_run(texts):
    with pytest.raises(RuntimeError, match="killed"):
        Worker(texts, lives=2).run()
    texts.execute("delete from texts where text_id < 10")
    texts.execute("insert into texts values (-1, 'a new one')")
    second = Worker(texts)
    assert second.run() == wanted(texts)
    assert second.told == len(second.done) == KEPT_BATCH_ROWS + 1


def test_results_of_another_shape_are_not_taken_from_a_killed_run(texts):
    texts.execute("create table dear__unfinished as select text_id, [1.0] as worked from texts")
    worker = Worker(texts)
    assert worker.run() == wanted(texts)
    assert worker.told == 3 * KEPT_BATCH_ROWS


def test_work_without_anything_to_do_gives_no_rows(texts):
    texts.execute("delete from texts")
    assert Worker(texts).run() == []


def test_an_unknown_engine_is_refused():
    with pytest.raises(TypeError, match="no engine for a session"):
        engine_for(object())
