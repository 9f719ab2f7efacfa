-- One row per review that has text left after redaction: its topic.
with review_texts as (

    select * from {{ ref('review_texts') }}

),

text_topics as (

    select * from {{ ref('text_topics') }}

),

review_topics as (

    select
        review_texts.review_id,
        text_topics.topic_key,
        text_topics.nearness,
        text_topics.nearest_topic_key
    from review_texts
    inner join text_topics
        on review_texts.text_id = text_topics.text_id

)

select * from review_topics
