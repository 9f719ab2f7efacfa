-- Every figure of the segmentation reaches its threshold.
{{ config(severity=var('quality_gate_severity')) }}

select
    metric,
    value,
    threshold,
    note
from {{ ref('segmentation_quality') }}
where verdict = 'fail'
