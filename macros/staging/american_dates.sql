{#- The strptime formats that spreadsheets with American settings write; `as_timestamp` tries them after ISO 8601. -#}
{% macro american_dates() -%}
    {{ return(['%m/%d/%Y %H:%M', '%m/%d/%Y %H:%M:%S', '%m/%d/%Y']) }}
{%- endmacro %}
