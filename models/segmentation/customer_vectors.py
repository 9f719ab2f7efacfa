from python_udfs.engine import engine_for
from python_udfs.segmentation.dimensions import DIMENSIONS_SCHEMA, columns_of, dimensions_from
from python_udfs.segmentation.vectors import to_vectors, vectors_schema


def model(dbt, session):
    """One row per customer with a completed order: their fused, block-weighted vector."""
    engine = engine_for(session)
    dimensions = dimensions_from(engine.collect(engine.read(dbt.ref("vector_dimensions"), DIMENSIONS_SCHEMA.names)))
    features = engine.read(dbt.ref("customer_features"), columns_of(dimensions), order_by=["customer_id"])
    return engine.map_batches(features, to_vectors(dimensions), vectors_schema(dimensions))
