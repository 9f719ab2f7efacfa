{#- Makes sure that the registry of published segments exists, empty before the first build. -#}
{% macro prepare_published_segments() -%}
    {%- if execute and flags.WHICH in ('build', 'run', 'compile', 'docs', 'test') -%}
        {%- set published_segments = source('published', 'segments') -%}
        {%- do run_query('create schema if not exists ' ~ published_segments.schema) -%}
        {%- do run_query(
            'create table if not exists ' ~ published_segments ~ ' (segment_key varchar, segment_name varchar, retired boolean, '
            ~ 'features ' ~ array_of('varchar') ~ ', feature_values ' ~ array_of('double') ~ ')'
        ) -%}
        {#- A warehouse that an earlier release built. -#}
        {%- do run_query(
            'alter table ' ~ published_segments ~ ' add column if not exists feature_values ' ~ array_of('double')
        ) -%}
        {%- do commit_hook() -%}
    {%- endif -%}
{%- endmacro %}
