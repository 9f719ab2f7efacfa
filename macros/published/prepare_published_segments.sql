{#- Makes sure that the registry of published segments exists, empty before the first build.

    A warehouse that an earlier release built gets the columns that it lacks.
-#}
{% macro prepare_published_segments() -%}
    {%- if execute and flags.WHICH in ('build', 'run', 'compile', 'docs', 'test') -%}
        {%- set published_segments = source('published', 'segments') -%}
        {%- set columns = {
            'segment_key': 'varchar',
            'segment_name': 'varchar',
            'retired': 'boolean',
            'features': array_of('varchar'),
            'feature_values': array_of('double'),
            'origin': 'varchar',
            'parent_keys': 'varchar',
            'first_as_of_date': 'date',
            'fate': 'varchar',
            'successor_keys': 'varchar',
            'retired_as_of_date': 'date',
        } -%}
        {%- do run_query('create schema if not exists ' ~ published_segments.schema) -%}
        {%- do run_query('create table if not exists ' ~ published_segments ~ ' (segment_key varchar)') -%}
        {%- for name, type in columns.items() -%}
            {%- do run_query('alter table ' ~ published_segments ~ ' add column if not exists ' ~ name ~ ' ' ~ type) -%}
        {%- endfor -%}
        {%- do commit_hook() -%}
    {%- endif -%}
{%- endmacro %}
