{#- The type of a list.

    type: of its elements.
-#}
{% macro array_of(type) -%}
    {{ adapter.dispatch('array_of', 'customer_segments')(type) }}
{%- endmacro %}


{% macro duckdb__array_of(type) -%}
    {{ type }}[]
{%- endmacro %}
