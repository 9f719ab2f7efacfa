{#- A gate: this build's figure passes, is relaxed, or can't be judged. Warns at verdict warn, fails at verdict fail.

    metric: which figure of segmentation_quality. The row that is found says what is wrong and what to do.
-#}
{% test gate(model, metric) %}
{{ config(
    fail_calc="coalesce(max(case verdict when 'fail' then 2 when 'warn' then 1 end), 0)",
    warn_if='> 0',
    error_if='> 1',
    severity=var('quality_gate_severity'),
) }}

select
    metric,
    value,
    must_be,
    warn_threshold,
    fail_threshold,
    verdict,
    note,
    remedy
from {{ model }}
where is_current
    and metric = '{{ metric }}'
    and verdict in ('warn', 'fail')

{% endtest %}
