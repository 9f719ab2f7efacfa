from python_udfs.engine import engine_for
from python_udfs.segmentation.blocks import REVIEW_COUNT, FusionRules
from python_udfs.segmentation.dimensions import dimensions_table, fit_dimensions


def model(dbt, session):
    """One row per feature: how it becomes a coordinate of the customers' vectors, or why it is left out."""
    engine = engine_for(session)
    rules = FusionRules(**dbt.config.meta_get("fusion"))
    columns = dict.fromkeys(["customer_id", *(feature for _, feature in rules.all_features), REVIEW_COUNT])
    features = engine.read(dbt.ref("customer_features"), list(columns))
    sample = engine.sample(features, key="customer_id", limit=dbt.config.meta_get("sample"))
    return engine.rows(dimensions_table(fit_dimensions(sample, rules)))
