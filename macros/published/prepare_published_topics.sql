{#- Makes sure that the registry of published topics exists, empty before the first build. -#}
{% macro prepare_published_topics() -%}
    {%- if execute and flags.WHICH in ('build', 'run', 'compile', 'docs', 'test') -%}
        {%- set published_topics = source('published', 'topics') -%}
        {%- do run_query('create schema if not exists ' ~ published_topics.schema) -%}
        {%- do run_query(
            'create table if not exists ' ~ published_topics ~ ' (topic_key varchar, label varchar, retired boolean, '
            ~ 'encoder varchar, centre ' ~ array_of('double') ~ ', first_as_of_date date, retired_as_of_date date)'
        ) -%}
        {%- do commit_hook() -%}
    {%- endif -%}
{%- endmacro %}
