{#- After a build in which nothing failed: its segments become the published ones, which the next build's are matched to.
    Keys that are gone stay in the registry as retired, so that no new segment ever gets them.

    Commits nothing; see remember_published.
-#}
{% macro remember_published_segments() -%}
    {%- set published_segments = source('published', 'segments') -%}
    {%- do run_query(
        'create or replace table ' ~ published_segments ~ ' as '
        ~ 'select lineage.segment_key, lineage.segment_name, lineage.is_retired as retired, '
        ~ 'coalesce(centroids.features, earlier.features) as features, '
        ~ 'coalesce(centroids.feature_values, earlier.feature_values) as feature_values, '
        ~ 'lineage.origin, lineage.parent_keys, lineage.first_as_of_date, '
        ~ 'lineage.fate, lineage.successor_keys, lineage.retired_as_of_date '
        ~ 'from ' ~ built_relation('marts', 'segment_lineage') ~ ' as lineage '
        ~ 'left join ' ~ built_relation('segmentation', 'segment_centroids') ~ ' as centroids using (segment_key) '
        ~ 'left join ' ~ published_segments ~ ' as earlier using (segment_key) '
        ~ 'order by lineage.segment_key'
    ) -%}
{%- endmacro %}
