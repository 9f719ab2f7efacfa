-- One row per measure of RFM: the four values that divide its customers into the scores 1 to 5.
{% set measures = {'recency': 'recency_days', 'frequency': 'frequency', 'monetary': 'monetary'} -%}
with customer_purchases as (

    select * from {{ feature('customer_purchases') }}

),

rfm_cut_points as (
    {% for measure, column in measures.items() %}
    {%- set given = given_cut_points(measure) %}
    select
        '{{ measure }}' as measure,
        {%- for share in cut_shares() %}
        {%- set cut_point = given[loop.index0] if given else quantile_of(column, share) %}
        cast({{ cut_point }} as decimal(18, 2)) as cut_point_{{ loop.index }},
        {%- endfor %}
        '{{ "given" if given else "quantiles" }}' as cut_points_from
    {%- if not given %}
    from customer_purchases
    {%- endif %}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}

)

select * from rfm_cut_points
