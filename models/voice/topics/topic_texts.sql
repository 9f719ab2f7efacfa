-- One row per distinct text of the reviews before `as_of_date`, or without a date: what topics are found in.
with review_texts as (

    select * from {{ ref('review_texts') }}
    where reviewed_at is null
        or reviewed_at < {{ as_of_date() }}

),

review_embeddings as (

    select * from {{ ref('review_embeddings') }}

),

review_language as (

    select * from {{ ref('review_language') }}

),

texts as (

    select distinct
        text_id,
        text
    from review_texts

),

topic_texts as (

    select
        texts.text_id,
        texts.text,
        review_language.language,
        review_embeddings.encoder,
        review_embeddings.embedding
    from texts
    inner join review_embeddings
        on texts.text_id = review_embeddings.text_id
    inner join review_language
        on texts.text_id = review_language.text_id

)

select * from topic_texts
