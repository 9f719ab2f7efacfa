-- One row per review with text and stars before `as_of_date`: its stars beside the sentiment told without them.
with rated_texts as (

    select * from {{ ref('rated_texts') }}

),

review_sentiment as (

    select * from {{ ref('review_sentiment') }}

),

scored_texts as (

    select
        rated_texts.review_id,
        rated_texts.language,
        rated_texts.rating,
        review_sentiment.sentiment,
        review_sentiment.positive_probability,
        review_sentiment.sentiment_method
    from rated_texts
    inner join review_sentiment
        on rated_texts.review_id = review_sentiment.review_id

)

select * from scored_texts
