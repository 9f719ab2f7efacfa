-- One row per entity: how many rows of its file landed, and how many of them break the input contract.
{%- set entities = ['customers', 'orders', 'order_lines', 'products', 'reviews', 'events'] %}
with entity_rejections as (

    {% for entity in entities -%}
    select
        '{{ entity }}' as entity,
        count(*) as landed_rows,
        count(rejection_reason) as rejected_rows
    from {{ ref('checked_' ~ entity) }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select * from entity_rejections
