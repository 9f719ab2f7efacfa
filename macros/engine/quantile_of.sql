{#- A value that occurs in the group, at a quantile (inverse of the empirical distribution, Hyndman and Fan's type 1).

    expression: what is ordered.
    share: between 0 and 1.
-#}
{% macro quantile_of(expression, share) -%}
    {{ adapter.dispatch('quantile_of', 'customer_segments')(expression, share) }}
{%- endmacro %}


{% macro duckdb__quantile_of(expression, share) -%}
    quantile_disc({{ expression }}, {{ share }})
{%- endmacro %}
