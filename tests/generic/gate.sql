{#- A gate: this build's figure passes, is relaxed, or can't be judged. Warns at verdict warn, fails at verdict fail, and where
    nothing is said of the figure at all.

    metric: which figure of segmentation_quality. The row that is found says what is wrong and what to do.
-#}
{% test gate(model, metric) %}
{{ config(
    fail_calc="coalesce(max(case verdict when 'warn' then 1 else 2 end), 0)",
    warn_if='> 0',
    error_if='> 1',
) }}

with judged as (

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

)

select * from judged
where verdict in ('warn', 'fail')
union all
select
    '{{ metric }}' as metric,
    null as value,
    null as must_be,
    null as warn_threshold,
    null as fail_threshold,
    'missing' as verdict,
    'this build has no such figure' as note,
    'Build segmentation_quality and what it is made of.' as remedy
where not exists (select 1 from judged)

{% endtest %}
