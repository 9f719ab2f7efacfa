{#- Whether this run is a build of segments in which nothing failed and that no gate stops, so that it is published.

    Verdicts count, not tests: who leaves tests out of a run doesn't leave out the gates.

    results: dbt's results, in on-run-end.
-#}
{% macro publishes(results) -%}
    {%- set failed = results | selectattr('status', 'in', ['error', 'fail', 'skipped']) | list -%}
    {%- set built = results | map(attribute='node.name') | list -%}
    {%- set missing = ['segments', 'customer_segments', 'segment_lineage', 'segmentation_quality', 'driver_bins'] | reject('in', built) | list -%}
    {%- if flags.WHICH != 'build' or failed or missing -%}
        {{ return(false) }}
    {%- endif -%}
    {%- set stopped = run_query(
        'select 1 from ' ~ built_relation('marts', 'segmentation_quality') ~ " where is_current and verdict = 'fail'"
    ).rows -%}
    {{ return(stopped | length == 0) }}
{%- endmacro %}
