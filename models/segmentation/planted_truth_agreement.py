from python_udfs.engine import engine_for
from python_udfs.segmentation.planted_truth import compare_with_truth


def model(dbt, session):
    """One row per figure: how well the demo's segments recover its planted personas. Nothing is built on it."""
    engine = engine_for(session)
    key = ["customer_id"]
    return engine.rows(
        compare_with_truth(
            truth=engine.collect(engine.read(dbt.ref("demo_personas"), ["customer_id", "persona"], key)),
            clusters=engine.collect(engine.read(dbt.ref("customer_clusters"), ["customer_id", "segment_key"], key)),
            vectors=engine.collect(engine.read(dbt.ref("customer_vectors"), ["customer_id", "vector"], key)),
            rfm=engine.collect(
                engine.read(dbt.ref("customer_rfm"), ["customer_id", "recency_days", "frequency", "monetary"], key)
            ),
            seed=dbt.config.meta_get("seed"),
            largest_k=dbt.config.meta_get("largest_k"),
        )
    )
