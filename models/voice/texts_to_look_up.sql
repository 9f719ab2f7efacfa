-- One row per distinct redacted text, with its language: what the lexicon looks up.
with distinct_texts as (

    select * from {{ ref('distinct_texts') }}

),

review_language as (

    select * from {{ ref('review_language') }}

),

texts_to_look_up as (

    select
        distinct_texts.text_id,
        distinct_texts.text,
        distinct_texts.lexicon_version,
        review_language.language
    from distinct_texts
    inner join review_language
        on distinct_texts.text_id = review_language.text_id

)

select * from texts_to_look_up
