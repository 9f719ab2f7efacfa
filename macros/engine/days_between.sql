{#- Whole days from one moment to another: the number of midnights between them.

    start, end: timestamps or dates.
-#}
{% macro days_between(start, end) -%}
    {{ adapter.dispatch('days_between', 'customer_segments')(start, end) }}
{%- endmacro %}


{% macro duckdb__days_between(start, end) -%}
    date_diff('day', cast({{ start }} as date), cast({{ end }} as date))
{%- endmacro %}
