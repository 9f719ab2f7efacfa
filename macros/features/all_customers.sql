{#- The name of the group of RFM that every customer of the shop counts in. -#}
{% macro all_customers() -%}
    'all customers'
{%- endmacro %}
