{#- Ends the transaction that dbt opened around the hook, so that what the hook did is kept and other connections see it. -#}
{% macro commit_hook() -%}
    {%- do adapter.commit() -%}
{%- endmacro %}
