{#- The gates that a build must pass to be published: by the metric of segmentation_quality that each one judges.

    Returns per metric: must_be ('at least' or 'at most'), warn and fail (thresholds from the var gate_<metric>, null for none),
    relaxed_because (from the var relaxed_gates, null if the gate isn't relaxed), and remedy, what to do when it doesn't pass.
-#}
{% macro quality_gates() -%}
    {%- set gates = {
        'smallest_segment_share': {
            'must_be': 'at least',
            'remedy': 'Have fewer segments (segment_count), or look for odd customers in the smallest one.',
        },
        'silhouette': {
            'must_be': 'at least',
            'remedy': 'Take features that tell nothing apart out of fusion_features, or have fewer segments (segment_count).',
        },
        'smallest_jaccard': {
            'must_be': 'at least',
            'remedy': 'Look at smallest_jaccard in segment_candidates and pin a number of segments that is stable (segment_count).',
        },
        'seed_agreement': {
            'must_be': 'at least',
            'remedy': 'Raise segment_starts, or pin another number of segments (segment_count).',
        },
        'low_confidence_share': {
            'must_be': 'at most',
            'remedy': 'Have fewer segments (segment_count): too many customers are between two of them.',
        },
        'driver_drift': {
            'must_be': 'at most',
            'remedy': 'Compare the feature with the last build: other units, a file cut short, or customers who really changed. '
                ~ 'If they did, relax this gate once.',
        },
        'label_churn': {
            'must_be': 'at most',
            'remedy': 'See who moved, and whether customers have new ids or the segments were cut anew. If that is meant, relax '
                ~ 'this gate once.',
        },
        'sentiment_agreement': {
            'must_be': 'at least',
            'remedy': 'See that reviews stand beside their own stars and that the encoder knows their language; else take '
                ~ 'sentiment out of fusion_features.',
        },
        'rejected_share': {
            'must_be': 'at most',
            'remedy': 'The commonest reasons in rejected_rows tell what to repair in the source.',
        },
        'surrogate_macro_f1': {
            'must_be': 'at least',
            'remedy': 'Segments are unharmed; select by segment_key instead of segment_rules, or raise segment_rule_leaves.',
        },
    } -%}
    {%- set relaxed = relaxed_gates(gates.keys()) -%}
    {%- for metric, gate in gates.items() -%}
        {%- set thresholds = gate_thresholds(metric, gate.must_be) -%}
        {%- do gate.update({
            'warn': thresholds[0],
            'fail': thresholds[1],
            'relaxed_because': relaxed.get(metric),
        }) -%}
    {%- endfor -%}
    {{ return(gates) }}
{%- endmacro %}
