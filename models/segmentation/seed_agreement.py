from python_udfs.engine import engine_for
from python_udfs.segmentation.seed_agreement import seed_agreement


def model(dbt, session):
    """One row per other seed of K-Means: how well the segments that it gives agree with these."""
    engine = engine_for(session)
    limit = dbt.config.meta_get("sample")
    customers = engine.read(dbt.ref("customer_vectors"), ["customer_id", "vector"])
    clusters = engine.read(dbt.ref("customer_clusters"), ["customer_id", "segment_key"])
    return engine.rows(
        seed_agreement(
            engine.sample(customers, key="customer_id", limit=limit),
            engine.sample(clusters, key="customer_id", limit=limit),
            **dbt.config.meta_get("agreement"),
        )
    )
