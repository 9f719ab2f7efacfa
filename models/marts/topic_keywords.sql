-- One row per topic, language, kind and place: the words and phrases that tell the topic from the others.
with topics as (

    select * from {{ ref('topics') }}

),

topic_terms as (

    select * from {{ ref('topic_terms') }}

),

topic_keywords as (

    select
        topics.topic_key,
        topics.label,
        topic_terms.language,
        topic_terms.kind,
        topic_terms.place,
        topic_terms.keyword,
        topic_terms.weight,
        topic_terms.share_of_texts
    from topic_terms
    inner join topics
        on topic_terms.topic_key = topics.topic_key

)

select * from topic_keywords
