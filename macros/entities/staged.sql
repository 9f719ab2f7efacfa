{#- The staging model of this build's source system for an entity, or an empty relation where the system has none.

    entity: customers, orders, order_lines, products, reviews or events.
    A staged relation has the contract's columns and three more: unreadable (why the row can't be accepted, or null),
    dropped_values (which optional value was left out, or null) and source_row (the row as JSON).
-#}
{% macro staged(entity) -%}
    {%- if entity in var('entities_of_source_system')[source_system()] -%}
        {{ ref('stg_' ~ source_system() ~ '__' ~ entity) }}
    {%- else -%}
        (
            select
                {%- for column, type in contract(entity).items() %}
                cast(null as {{ type }}) as {{ column }},
                {%- endfor %}
                cast(null as varchar) as unreadable,
                cast(null as varchar) as dropped_values,
                cast(null as varchar) as source_row
            where false
        )
    {%- endif -%}
{%- endmacro %}
