{#- Whether this run is a build of segments whose gates were judged and in which nothing failed, so that it is published.

    results: dbt's results, in on-run-end.
-#}
{% macro publishes(results) -%}
    {%- set failed = results | selectattr('status', 'in', ['error', 'fail', 'skipped']) | list -%}
    {%- set built = results | map(attribute='node.name') | list -%}
    {%- set missing = ['segments', 'customer_segments', 'segment_lineage', 'segmentation_quality', 'driver_bins'] | reject('in', built) | list -%}
    {{ return(flags.WHICH == 'build' and not failed and not missing) }}
{%- endmacro %}
