from python_udfs.engine import engine_for
from python_udfs.segmentation.blocks import REVIEW_COUNT
from python_udfs.segmentation.dimensions import DIMENSIONS_SCHEMA, dimensions_from
from python_udfs.segmentation.vectors import to_vectors, vectors_schema


def model(dbt, session):
    """One row per customer with a completed order: their fused, block-weighted vector."""
    engine = engine_for(session)
    dimensions = dimensions_from(engine.collect(engine.read(dbt.ref("vector_dimensions"), DIMENSIONS_SCHEMA.names)))
    columns = dict.fromkeys(["customer_id", *(dimension.feature for dimension in dimensions), REVIEW_COUNT])
    features = engine.read(dbt.ref("customer_features"), list(columns), order_by=["customer_id"])
    return engine.map_batches(features, to_vectors(dimensions), vectors_schema(dimensions))
