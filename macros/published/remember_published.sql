{#- After a build in which nothing failed: what it published, which the next build is compared with, is written down.

    In one transaction: a build that is killed here has published nothing, and no registry is of another build than the others.
    results: dbt's results, in on-run-end.
-#}
{% macro remember_published(results) -%}
    {%- if execute and publishes(results) -%}
        {%- do begin_hook() -%}
        {%- do remember_published_segments() -%}
        {%- do remember_published_customers() -%}
        {%- do remember_published_quality() -%}
        {%- if 'topic_labels' in results | map(attribute='node.name') -%}
            {%- do remember_published_topics() -%}
        {%- endif -%}
        {%- do commit_hook() -%}
    {%- endif -%}
{%- endmacro %}
