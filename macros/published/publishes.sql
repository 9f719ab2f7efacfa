{#- Whether this run is a build of the marts in which nothing failed, so that what it built is published.

    results: dbt's results, in on-run-end.
-#}
{% macro publishes(results) -%}
    {%- set failed = results | selectattr('status', 'in', ['error', 'fail', 'skipped']) | list -%}
    {{ return(flags.WHICH == 'build' and not failed and 'segments' in results | map(attribute='node.name')) }}
{%- endmacro %}
