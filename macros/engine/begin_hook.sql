{#- Opens a transaction in a hook, where each statement is one of its own otherwise. `commit_hook` ends it. -#}
{% macro begin_hook() -%}
    {{ adapter.dispatch('begin_hook', 'customer_segments')() }}
{%- endmacro %}


{% macro duckdb__begin_hook() -%}
    {%- do adapter.ensure_transaction() -%}
{%- endmacro %}
