-- One row per entity: how many rows it has, and a hash of all of them in which their order doesn't count.
{%- set entities = ['customers', 'orders', 'order_lines', 'products', 'reviews', 'events'] %}
with entity_fingerprints as (

    {% for entity in entities -%}
    select
        '{{ entity }}' as entity,
        count(*) as row_count,
        coalesce({{ content_hash(entity) }}, '') as content_hash
    from {{ ref(entity) }} as {{ entity }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select * from entity_fingerprints
