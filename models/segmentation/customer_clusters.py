from python_udfs.engine import engine_for
from python_udfs.segmentation.assignment import CLUSTERS_SCHEMA, assign_segments
from python_udfs.segmentation.centroids import PLACE_COLUMNS
from python_udfs.segmentation.dimensions import DIMENSIONS_SCHEMA, dimensions_from


def model(dbt, session):
    """One row per customer with a completed order, if segments were formed: their segment, the next one, and why."""
    engine = engine_for(session)
    centroids = engine.collect(engine.read(dbt.ref("segment_centroids"), PLACE_COLUMNS, order_by=["segment_key"]))
    dimensions = dimensions_from(engine.collect(engine.read(dbt.ref("vector_dimensions"), DIMENSIONS_SCHEMA.names)))
    customers = engine.read(dbt.ref("customer_vectors"), ["customer_id", "vector"], order_by=["customer_id"])
    sample = engine.sample(customers, key="customer_id", limit=dbt.config.meta_get("silhouette_sample"))
    return engine.map_batches(customers, assign_segments(centroids, dimensions, sample), CLUSTERS_SCHEMA)
