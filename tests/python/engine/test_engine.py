import duckdb
import pyarrow as pa
import pytest

from python_udfs.engine import engine_for


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


def test_an_unknown_engine_is_refused():
    with pytest.raises(TypeError, match="no engine for a session"):
        engine_for(object())
