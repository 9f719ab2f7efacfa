{#- A landed column as a double, null when it can't be read. By way of decimal, which knows neither nan nor infinity. -#}
{% macro as_number(column) -%}
    cast(try_cast({{ as_text(column) }} as decimal(24, 6)) as double)
{%- endmacro %}
