-- One row per distinct text that topics are found in: its topic.
with topic_texts as (

    select * from {{ ref('topic_texts') }}

),

text_topics as (

    select * from {{ ref('text_topics') }}

),

texts_with_topics as (

    select
        topic_texts.text_id,
        topic_texts.text,
        topic_texts.language,
        text_topics.topic_key,
        text_topics.nearness
    from topic_texts
    inner join text_topics
        on topic_texts.text_id = text_topics.text_id

)

select * from texts_with_topics
