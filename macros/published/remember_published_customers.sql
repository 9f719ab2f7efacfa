{#- After a build in which nothing failed: which segment each of its customers is in, so that the next build can say who moved.

    Commits nothing; see remember_published.
-#}
{% macro remember_published_customers() -%}
    {%- do run_query(
        'create or replace table ' ~ source('published', 'published_customers') ~ ' as '
        ~ 'select customer_id, segment_key from ' ~ built_relation('marts', 'customer_segments')
        ~ ' where segment_key is not null order by customer_id'
    ) -%}
{%- endmacro %}
