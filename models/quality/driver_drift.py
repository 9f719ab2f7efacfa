from python_udfs.engine import engine_for
from python_udfs.quality.drift import BINS_SCHEMA, driver_drift, features_by_label, labelled
from python_udfs.segmentation.dimensions import DIMENSIONS_SCHEMA, all_dimensions_from


def model(dbt, session):
    """One row per feature that the last published build had too: how far its values have moved since."""
    engine = engine_for(session)
    published = engine.collect(engine.read(dbt.source("published", "drivers"), BINS_SCHEMA.names))
    # Also those left out in this build: a feature that died is one that moved.
    dimensions = all_dimensions_from(engine.collect(engine.read(dbt.ref("vector_dimensions"), DIMENSIONS_SCHEMA.names)))
    features = features_by_label(dimensions)
    customers = engine.read(dbt.ref("customer_features"), ["customer_id", *features.values()])
    sample = engine.sample(customers, key="customer_id", limit=dbt.config.meta_get("sample"))
    return engine.rows(driver_drift(labelled(sample, features), published))
