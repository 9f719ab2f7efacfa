-- One row per review that has text or stars, with all that its sentiment is told from.
with reviews as (

    select * from {{ ref('reviews') }}

),

review_texts as (

    select * from {{ ref('review_texts') }}

),

review_language as (

    select * from {{ ref('review_language') }}

),

lexicon_scores as (

    select * from {{ ref('lexicon_scores') }}

),

review_embeddings as (

    select * from {{ ref('review_embeddings') }}

),

reviews_to_score as (

    select
        reviews.review_id,
        reviews.rating,
        reviews.reviewed_at,
        review_texts.text_id,
        review_texts.text,
        review_language.language,
        lexicon_scores.vader_compound,
        review_embeddings.embedding
    from reviews
    left join review_texts
        on reviews.review_id = review_texts.review_id
    left join review_language
        on review_texts.text_id = review_language.text_id
    left join lexicon_scores
        on review_texts.text_id = lexicon_scores.text_id
    left join review_embeddings
        on review_texts.text_id = review_embeddings.text_id
    where review_texts.text_id is not null
        or reviews.rating is not null

)

select * from reviews_to_score
