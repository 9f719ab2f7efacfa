from python_udfs.engine import engine_for
from python_udfs.segmentation.blocks import FusionRules
from python_udfs.segmentation.dimensions import dimensions_table
from python_udfs.segmentation.fusion import fit_dimensions
from python_udfs.segmentation.labels import category_labels


def model(dbt, session):
    """One row per coordinate of the customers' vectors: how it is made of a feature; or why the feature is left out."""
    engine = engine_for(session)
    rules = FusionRules(**dbt.config.meta_get("fusion"))
    features = engine.read(dbt.ref("customer_features"), rules.columns)
    sample = engine.sample(features, key="customer_id", limit=dbt.config.meta_get("sample"))
    ranks = engine.collect(engine.read(dbt.ref("category_ranks"), ["category", "category_rank"]))
    return engine.rows(dimensions_table(fit_dimensions(sample, rules, category_labels(ranks))))
