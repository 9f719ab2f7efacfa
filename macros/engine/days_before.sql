{#- The date some days before another.

    day: a date. days: how many.
-#}
{% macro days_before(day, days) -%}
    {{ adapter.dispatch('days_before', 'customer_segments')(day, days) }}
{%- endmacro %}


{% macro duckdb__days_before(day, days) -%}
    cast({{ day }} - interval ({{ days }}) day as date)
{%- endmacro %}
