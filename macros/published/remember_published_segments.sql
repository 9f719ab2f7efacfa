{#- After a build in which nothing failed: its segments become the published ones, which the next build's are matched to.
    Keys that are gone stay in the registry as retired, so that no new segment ever gets them.

    results: dbt's results, in on-run-end.
-#}
{% macro remember_published_segments(results) -%}
    {%- if execute and flags.WHICH == 'build' -%}
        {%- set failed = results | selectattr('status', 'in', ['error', 'fail', 'skipped']) | list -%}
        {%- set built = results | map(attribute='node.name') | list -%}
        {%- if not failed and 'segments' in built -%}
            {%- set published_segments = source('published', 'segments') -%}
            {%- set centroids = api.Relation.create(
                database=target.database, schema=generate_schema_name('segmentation', none), identifier='segment_centroids'
            ) -%}
            {%- set segments = api.Relation.create(
                database=target.database, schema=generate_schema_name('marts', none), identifier='segments'
            ) -%}
            {%- do run_query(
                'create or replace table ' ~ published_segments ~ ' as '
                ~ 'select segment_key, segment_name, false as retired, features, feature_values '
                ~ 'from ' ~ centroids ~ ' inner join ' ~ segments ~ ' using (segment_key) '
                ~ 'union all '
                ~ 'select segment_key, segment_name, true as retired, features, feature_values '
                ~ 'from ' ~ published_segments ~ ' where segment_key not in (select segment_key from ' ~ centroids ~ ')'
            ) -%}
            {%- do commit_hook() -%}
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}
