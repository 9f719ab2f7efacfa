from python_udfs.ablation.figures import AblationRules
from python_udfs.ablation.planted_truth import compare_on_planted_truth
from python_udfs.ablation.segmentations import customer_columns
from python_udfs.ablation.segments_of import SegmentRules
from python_udfs.engine import engine_for


def model(dbt, session):
    """One row per segmentation: how much of the demo's planted personas it recovers. Nothing is built on it."""
    engine = engine_for(session)
    segment_rules = SegmentRules.of(**dbt.config.meta_get("segments"))
    columns = customer_columns(segment_rules)
    return engine.rows(
        compare_on_planted_truth(
            customers=engine.collect(engine.read(dbt.ref("customer_features"), columns)),
            clusters=engine.collect(engine.read(dbt.ref("customer_clusters"), ["customer_id", "segment_key"])),
            truth=engine.collect(engine.read(dbt.ref("demo_personas"), ["customer_id", "persona"])),
            segment_rules=segment_rules,
            rules=AblationRules(**dbt.config.meta_get("ablation")),
        )
    )
