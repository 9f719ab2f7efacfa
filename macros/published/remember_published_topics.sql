{#- After a build in which nothing failed: its topics become the published ones, which the next build's are matched to.
    Keys that are gone stay in the registry as retired, so that no new topic ever gets them.

    Commits nothing; see remember_published.
-#}
{% macro remember_published_topics() -%}
    {%- set published_topics = source('published', 'topics') -%}
    {%- set as_of_date = '(select as_of_date from ' ~ built_relation('entities', 'as_of') ~ ')' -%}
    {%- do run_query(
        'create or replace table ' ~ published_topics ~ ' as '
        ~ 'with current_topics as ('
        ~ 'select centres.topic_key, labels.label, centres.encoder, centres.centre from '
        ~ built_relation('voice', 'topic_centres') ~ ' as centres '
        ~ 'inner join ' ~ built_relation('voice', 'topic_labels') ~ ' as labels using (topic_key)) '
        ~ 'select coalesce(current_topics.topic_key, earlier.topic_key) as topic_key, '
        ~ 'coalesce(current_topics.label, earlier.label) as label, '
        ~ 'current_topics.topic_key is null as retired, '
        ~ 'coalesce(current_topics.encoder, earlier.encoder) as encoder, '
        ~ 'coalesce(current_topics.centre, earlier.centre) as centre, '
        ~ 'coalesce(earlier.first_as_of_date, ' ~ as_of_date ~ ') as first_as_of_date, '
        ~ 'case when current_topics.topic_key is null '
        ~ 'then coalesce(earlier.retired_as_of_date, ' ~ as_of_date ~ ') end as retired_as_of_date '
        ~ 'from current_topics full join ' ~ published_topics ~ ' as earlier '
        ~ 'on current_topics.topic_key = earlier.topic_key '
        ~ 'order by topic_key'
    ) -%}
{%- endmacro %}
