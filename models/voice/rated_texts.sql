-- One row per review with text and stars before `as_of_date`: what sentiment may be learned from.
-- A review without a date can't be told to be later, and shops that keep no dates would otherwise learn nothing.
with reviews_to_score as (

    select * from {{ ref('reviews_to_score') }}

),

rated_texts as (

    select
        review_id,
        text_id,
        rating,
        text,
        language,
        vader_compound,
        embedding
    from reviews_to_score
    where rating is not null
        and text_id is not null
        and (reviewed_at is null or reviewed_at < {{ as_of_date() }})

)

select * from rated_texts
