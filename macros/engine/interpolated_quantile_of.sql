{#- A double at a quantile, interpolated between the two values next to it (Hyndman and Fan's type 7).

    expression: a number.
    share: between 0 and 1.
-#}
{% macro interpolated_quantile_of(expression, share) -%}
    {{ adapter.dispatch('interpolated_quantile_of', 'customer_segments')(expression, share) }}
{%- endmacro %}


{% macro duckdb__interpolated_quantile_of(expression, share) -%}
    quantile_cont(cast({{ expression }} as double), {{ share }})
{%- endmacro %}
