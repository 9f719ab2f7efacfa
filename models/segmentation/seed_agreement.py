from python_udfs.engine import engine_for
from python_udfs.segmentation.candidates import chosen_candidate
from python_udfs.segmentation.dimensions import DIMENSIONS_SCHEMA, dimensions_from
from python_udfs.segmentation.seed_agreement import AgreementRules, seed_agreement


def model(dbt, session):
    """One row per other seed of the estimator: how well the segments that it gives agree with these."""
    engine = engine_for(session)
    limit = dbt.config.meta_get("sample")
    customers = engine.read(dbt.ref("customer_vectors"), ["customer_id", "vector"])
    clusters = engine.read(dbt.ref("customer_clusters"), ["customer_id", "segment_key"])
    candidates = engine.collect(engine.read(dbt.ref("segment_sweep"), ["setting", "chosen"]))
    chosen = chosen_candidate(candidates)
    return engine.rows(
        seed_agreement(
            engine.sample(customers, key="customer_id", limit=limit),
            engine.sample(clusters, key="customer_id", limit=limit),
            dimensions_from(engine.collect(engine.read(dbt.ref("vector_dimensions"), DIMENSIONS_SCHEMA.names))),
            chosen["setting"] if chosen else None,
            AgreementRules(**dbt.config.meta_get("agreement")),
        )
    )
