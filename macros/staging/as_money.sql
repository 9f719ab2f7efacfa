{#- A landed column as money, null when it can't be read. -#}
{% macro as_money(column) -%}
    try_cast({{ as_text(column) }} as decimal(18, 2))
{%- endmacro %}
