{#- Makes sure that the registry of published customers exists, empty before the first build. -#}
{% macro prepare_published_customers() -%}
    {%- if execute and flags.WHICH in ('build', 'run', 'compile', 'docs', 'test') -%}
        {%- set published_customers = source('published', 'published_customers') -%}
        {%- do run_query('create schema if not exists ' ~ published_customers.schema) -%}
        {%- do run_query('create table if not exists ' ~ published_customers ~ ' (customer_id varchar, segment_key varchar)') -%}
        {%- do commit_hook() -%}
    {%- endif -%}
{%- endmacro %}
