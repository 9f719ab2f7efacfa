from python_udfs.engine import engine_for
from python_udfs.segmentation.fidelity import segment_rules
from python_udfs.segmentation.surrogate import SurrogateSettings, features_asked


def model(dbt, session):
    """One row per segment: the rules that stand in for it, as SQL on customer_features, and how faithful they are."""
    engine = engine_for(session)
    dimensions = engine.read(dbt.ref("vector_dimensions"), ["feature", "block", "position"])
    features = features_asked(engine.collect(dimensions))
    customers = engine.read(dbt.ref("customer_features"), ["customer_id", *features])
    clusters = engine.read(dbt.ref("customer_clusters"), ["customer_id", "segment_key"])
    limit = dbt.config.meta_get("sample")
    return engine.rows(
        segment_rules(
            engine.sample(customers, key="customer_id", limit=limit),
            engine.sample(clusters, key="customer_id", limit=limit),
            features,
            SurrogateSettings(**dbt.config.meta_get("surrogate")),
        )
    )
