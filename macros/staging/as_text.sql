{#- A landed column as text: trimmed, and null when nothing is left. -#}
{% macro as_text(column) -%}
    nullif(trim({{ column }}), '')
{%- endmacro %}
