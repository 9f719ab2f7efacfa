{#- The median as a double: the middle value, or the mean of the two middle ones.

    expression: a number.
-#}
{% macro median_of(expression) -%}
    {{ adapter.dispatch('median_of', 'customer_segments')(expression) }}
{%- endmacro %}


{% macro duckdb__median_of(expression) -%}
    quantile_cont(cast({{ expression }} as double), 0.5)
{%- endmacro %}
