{#- The mean as a double, the same whatever the order in which rows are added up: sums of doubles are not, of decimals are.

    expression: a number; what goes beyond six decimals is rounded.
-#}
{% macro exact_average(expression) -%}
    cast(sum(cast({{ expression }} as decimal(24, 6))) as double) / nullif(count({{ expression }}), 0)
{%- endmacro %}
