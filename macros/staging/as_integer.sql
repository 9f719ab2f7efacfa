{#- A landed column as an integer, null when it can't be read. -#}
{% macro as_integer(column) -%}
    try_cast({{ as_text(column) }} as integer)
{%- endmacro %}
