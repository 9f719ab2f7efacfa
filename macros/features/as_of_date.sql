{#- The day as of which the shop is described, as an expression: what happens on that day or later isn't counted. -#}
{% macro as_of_date() -%}
    (select as_of_date from {{ ref('as_of') }})
{%- endmacro %}
