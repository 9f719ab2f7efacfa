from python_udfs.engine import engine_for
from python_udfs.quality.drift import BinRules, driver_bins, features_by_label, labelled
from python_udfs.segmentation.dimensions import DIMENSIONS_SCHEMA, dimensions_from


def model(dbt, session):
    """One row per feature of the vectors: in which ranges its values lie, and how many customers are in each."""
    engine = engine_for(session)
    dimensions = dimensions_from(engine.collect(engine.read(dbt.ref("vector_dimensions"), DIMENSIONS_SCHEMA.names)))
    features = features_by_label(dimensions)
    customers = engine.read(dbt.ref("customer_features"), ["customer_id", *features.values()])
    sample = labelled(engine.sample(customers, key="customer_id", limit=dbt.config.meta_get("sample")), features)
    return engine.rows(driver_bins(sample, list(features), BinRules(**dbt.config.meta_get("bins"))))
