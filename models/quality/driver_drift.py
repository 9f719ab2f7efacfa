from python_udfs.engine import engine_for
from python_udfs.quality.drift import BINS_SCHEMA, driver_drift


def model(dbt, session):
    """One row per feature that the last published build had too: how far its values have moved since."""
    engine = engine_for(session)
    published = engine.collect(engine.read(dbt.source("published", "drivers"), BINS_SCHEMA.names))
    dimensions = engine.collect(engine.read(dbt.ref("vector_dimensions"), ["feature"], order_by=["feature"]))
    features = dimensions.column("feature").to_pylist()
    customers = engine.read(dbt.ref("customer_features"), ["customer_id", *features])
    return engine.rows(driver_drift(engine.sample(customers, "customer_id", dbt.config.meta_get("sample")), published))
