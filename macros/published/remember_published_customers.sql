{#- After a build in which nothing failed: which segment each of its customers is in, so that the next build can say who moved.

    results: dbt's results, in on-run-end.
-#}
{% macro remember_published_customers(results) -%}
    {%- if execute and publishes(results) -%}
        {%- do run_query(
            'create or replace table ' ~ source('published', 'customers') ~ ' as '
            ~ 'select customer_id, segment_key from ' ~ built_relation('marts', 'customer_segments')
            ~ ' where segment_key is not null order by customer_id'
        ) -%}
        {%- do commit_hook() -%}
    {%- endif -%}
{%- endmacro %}
