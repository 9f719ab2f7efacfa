from python_udfs.ablation.figures import AblationRules
from python_udfs.ablation.segmentations import customer_columns
from python_udfs.ablation.segments_of import SegmentRules
from python_udfs.ablation.time_split import OUTCOME_COLUMNS, compare_on_time_split
from python_udfs.engine import engine_for


def model(dbt, session):
    """One row per metric and segmentation: what segments formed before the cut tell about what came after it."""
    engine = engine_for(session)
    segment_rules = SegmentRules.of(**dbt.config.meta_get("segments"))
    columns = customer_columns(segment_rules)
    limit = dbt.config.meta_get("sample")
    features = engine.read(dbt.ref("customer_features_before_cut"), columns)
    outcomes = engine.read(dbt.ref("outcomes_after_cut"), OUTCOME_COLUMNS)
    return engine.rows(
        compare_on_time_split(
            customers=engine.sample(features, key="customer_id", limit=limit),
            outcomes=engine.sample(outcomes, key="customer_id", limit=limit),
            segment_rules=segment_rules,
            rules=AblationRules(**dbt.config.meta_get("ablation")),
        )
    )
