{#- The date of the day after a moment.

    moment: a timestamp or date.
-#}
{% macro next_day(moment) -%}
    {{ adapter.dispatch('next_day', 'customer_segments')(moment) }}
{%- endmacro %}


{% macro duckdb__next_day(moment) -%}
    cast(cast({{ moment }} as date) + interval 1 day as date)
{%- endmacro %}
