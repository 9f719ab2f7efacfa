-- One row per group of customers and measure of RFM: the four values that divide the group into the scores 1 to 5.
{% set measures = {'recency': 'recency_days', 'frequency': 'frequency', 'monetary': 'monetary'} -%}
with customer_purchases as (

    select * from {{ feature('customer_purchases') }}

),

customer_rfm_groups as (

    select * from {{ feature('customer_rfm_groups') }}

),

rfm_groups as (

    select {{ all_customers() }} as rfm_group
    union distinct
    select rfm_group
    from customer_rfm_groups

),

-- Everybody counts among all customers, whatever other group they are in.
group_members as (

    select
        {{ all_customers() }} as rfm_group,
        recency_days,
        frequency,
        monetary
    from customer_purchases
    union all
    select
        customer_rfm_groups.rfm_group,
        customer_purchases.recency_days,
        customer_purchases.frequency,
        customer_purchases.monetary
    from customer_purchases
    inner join customer_rfm_groups
        on customer_purchases.customer_id = customer_rfm_groups.customer_id
    where customer_rfm_groups.rfm_group <> {{ all_customers() }}

),

-- Six digits hold an interpolated quantile exactly, and drop the noise of doubles that would part it from equal values.
rfm_cut_points as (
    {% for measure, column in measures.items() %}
    {%- set given = given_cut_points(measure) %}
    select
        rfm_groups.rfm_group,
        '{{ measure }}' as measure,
        {%- for share in cut_shares() %}
        {%- set cut_point = given[loop.index0] if given else rfm_quantile_of('group_members.' ~ column, share) %}
        cast({{ cut_point }} as decimal(24, 6)) as cut_point_{{ loop.index }},
        {%- endfor %}
        '{{ "given" if given else "quantiles" }}' as cut_points_from
    from rfm_groups
    left join group_members
        on rfm_groups.rfm_group = group_members.rfm_group
    group by rfm_groups.rfm_group
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}

)

select * from rfm_cut_points
