"""How much of a planted truth each segmentation recovers."""

import pyarrow as pa

from python_udfs.ablation.figures import AblationRules, figures_table, measured, unmeasured
from python_udfs.ablation.scores import agreement_score
from python_udfs.ablation.segmentations import all_segmentations, as_numbers
from python_udfs.ablation.segments_of import SegmentRules

METRIC = "planted_truth_ari"
MEANING = "adjusted Rand index against the planted personas: 0 is chance, 1 is the same division"


def compare_on_planted_truth(
    customers: pa.Table, clusters: pa.Table, truth: pa.Table, segment_rules: SegmentRules, rules: AblationRules
) -> pa.Table:
    """One row per segmentation, of FIGURES_SCHEMA, over the customers who are in all three tables.

    customers: customer_id and today's features, as `all_segmentations` needs them. clusters: customer_id, segment_key,
    the fused segments as they are published (null: noise, a group of its own). truth: customer_id, persona.
    """
    joined = customers.join(clusters, "customer_id", join_type="inner").join(truth, "customer_id", join_type="inner")
    joined = joined.sort_by("customer_id")
    if joined.num_rows < rules.fewest_customers:
        return figures_table(unmeasured(METRIC, "too few customers of a known persona", joined.num_rows))
    published = [key or "noise" for key in joined.column("segment_key").to_pylist()]
    labels = all_segmentations(joined, segment_rules, fused=published)
    personas = as_numbers(joined.column("persona").to_pylist())
    scores = {name: agreement_score(of_name, personas) for name, of_name in labels.items() if of_name is not None}
    return figures_table(measured(METRIC, MEANING, scores, labels, joined.num_rows, rules))
