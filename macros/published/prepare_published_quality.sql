{#- Makes sure that the registries of published builds' figures and drivers exist, empty before the first build. -#}
{% macro prepare_published_quality() -%}
    {%- if execute and flags.WHICH in ('build', 'run', 'compile', 'docs', 'test') -%}
        {%- set quality = source('published', 'quality') -%}
        {%- set columns = [] -%}
        {%- for column, type in quality_columns().items() -%}
            {%- do columns.append(column ~ ' ' ~ type) -%}
        {%- endfor -%}
        {%- do run_query('create schema if not exists ' ~ quality.schema) -%}
        {%- do run_query(
            'create table if not exists ' ~ quality ~ ' (build_number integer, ' ~ columns | join(', ') ~ ')'
        ) -%}
        {%- do run_query(
            'create table if not exists ' ~ source('published', 'drivers') ~ ' (feature varchar, edges ' ~ array_of('double')
            ~ ', shares ' ~ array_of('double') ~ ', customers bigint)'
        ) -%}
        {%- do commit_hook() -%}
    {%- endif -%}
{%- endmacro %}
