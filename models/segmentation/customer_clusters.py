from python_udfs.engine import engine_for
from python_udfs.segmentation.assignment import CLUSTERS_SCHEMA, assign_segments


def model(dbt, session):
    """One row per customer with a completed order, if segments were formed: the nearest segment and the next one."""
    engine = engine_for(session)
    centroids = engine.read(dbt.ref("segment_centroids"), ["segment_key", "centroid"], order_by=["segment_key"])
    customers = engine.read(dbt.ref("customer_vectors"), ["customer_id", "vector"], order_by=["customer_id"])
    return engine.map_batches(customers, assign_segments(engine.collect(centroids)), CLUSTERS_SCHEMA)
