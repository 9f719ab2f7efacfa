-- One row: the day that divides what segments are formed from and what they have to foretell.
{% set horizon = var('ablation_horizon_days') -%}
with purchases as (

    select * from {{ ref('counted_orders') }}
    where order_kind = 'purchase'

),

as_of as (

    select * from {{ ref('as_of') }}

),

-- A quantile of the purchases, not of time: it leaves enough on both sides where a shop grew, and no odd date moves it.
quantile_cut as (

    select cast({{ quantile_of('ordered_at', 1 - var('ablation_share_after')) }} as date) as cut_date
    from purchases

),

cut as (

    select
        as_of.as_of_date,
        {%- if horizon %}
        {{ days_before('as_of.as_of_date', horizon) }} as cut_date
        {%- else %}
        quantile_cut.cut_date
        {%- endif %}
    from as_of
    cross join quantile_cut

)

select * from cut
