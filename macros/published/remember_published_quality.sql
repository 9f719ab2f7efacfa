{#- After a build in which nothing failed: its figures join those of the builds before, and its drivers are what the next
    build's are compared with. A build that is built again takes its own place.

    Commits nothing; see remember_published.
-#}
{% macro remember_published_quality() -%}
    {%- set published_quality = source('published', 'quality') -%}
    {%- set quality = built_relation('marts', 'segmentation_quality') -%}
    {%- set columns = 'build_number, ' ~ quality_columns() | join(', ') -%}
    {%- do run_query(
        'create or replace table ' ~ published_quality ~ ' as '
        ~ 'select ' ~ columns ~ ' from ' ~ published_quality
        ~ ' where build_number < (select max(build_number) from ' ~ quality ~ ') '
        ~ 'union all '
        ~ 'select ' ~ columns ~ ' from ' ~ quality ~ ' where is_current '
        ~ 'order by build_number, metric'
    ) -%}
    {%- do run_query(
        'create or replace table ' ~ source('published', 'drivers') ~ ' as '
        ~ 'select feature, edges, shares, customers from ' ~ built_relation('quality', 'driver_bins') ~ ' order by feature'
    ) -%}
{%- endmacro %}
