from python_udfs.engine import engine_for
from python_udfs.segmentation.centroids import PLACE_COLUMNS, labels_of
from python_udfs.segmentation.dimensions import DIMENSIONS_SCHEMA, dimensions_from
from python_udfs.segmentation.drivers import driver_table
from python_udfs.segmentation.vectors import vector_matrix


def model(dbt, session):
    """One row per block and per feature: how much it contributes to the separation of the segments."""
    engine = engine_for(session)
    centroids = engine.collect(engine.read(dbt.ref("segment_centroids"), PLACE_COLUMNS, order_by=["segment_key"]))
    dimensions = dimensions_from(engine.collect(engine.read(dbt.ref("vector_dimensions"), DIMENSIONS_SCHEMA.names)))
    customers = engine.read(dbt.ref("customer_vectors"), ["customer_id", "vector"])
    vectors = vector_matrix(engine.sample(customers, key="customer_id", limit=dbt.config.meta_get("sample")))
    return engine.rows(driver_table(vectors, labels_of(vectors, centroids), dimensions))
