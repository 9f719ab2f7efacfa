{#- A landed column as a key: text without the ".0" that spreadsheets and data frames put behind whole numbers. -#}
{% macro as_key(column) -%}
    regexp_replace({{ as_text(column) }}, '[.]0+$', '')
{%- endmacro %}
