-- Pairs of scores whose values overlap in a group: equal values with two scores, or a better value with a worse one.
{% set measures = {
    'r_score': '-recency_days',
    'f_score': 'frequency',
    'm_score': 'monetary',
} -%}
with ranges as (
    {% for score, value in measures.items() %}
    select
        rfm_group,
        '{{ score }}' as measure,
        {{ score }} as score,
        cast(min({{ value }}) as decimal(18, 2)) as lowest,
        cast(max({{ value }}) as decimal(18, 2)) as highest
    from {{ ref('customer_rfm') }}
    where {{ score }} is not null
    group by
        rfm_group,
        {{ score }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}

)

select
    lower_score.rfm_group,
    lower_score.measure,
    lower_score.score,
    lower_score.highest,
    higher_score.score as higher_score,
    higher_score.lowest
from ranges as lower_score
inner join ranges as higher_score
    on
        lower_score.rfm_group = higher_score.rfm_group
        and lower_score.measure = higher_score.measure
        and lower_score.score < higher_score.score
where lower_score.highest >= higher_score.lowest
