{#- A row as JSON: what `source_row` shows where a staged row is made of several rows of a file.

    relation: the CTE or table whose row is meant.
-#}
{% macro as_json(relation) -%}
    {{ adapter.dispatch('as_json', 'customer_segments')(relation) }}
{%- endmacro %}


{% macro duckdb__as_json(relation) -%}
    cast(to_json({{ relation }}) as varchar)
{%- endmacro %}
