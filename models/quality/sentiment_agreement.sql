-- One row: how well sentiment tells praise (four or five stars) from complaints (one or two), where both are known.
with rated_texts as (

    select * from {{ ref('rated_texts') }}

),

review_sentiment as (

    select * from {{ ref('review_sentiment') }}

),

judged as (

    select
        rated_texts.rating >= 4 as is_praise,
        review_sentiment.sentiment
    from rated_texts
    inner join review_sentiment
        on rated_texts.review_id = review_sentiment.review_id
    where rated_texts.rating >= 4
        or rated_texts.rating <= 2

),

-- Equal sentiments share the middle of their ranks; twice the rank is a whole number, and sums of those are exact.
ranked as (

    select
        is_praise,
        2 * rank() over (order by sentiment) + count(*) over (partition by sentiment) - 1 as twice_the_rank
    from judged

),

counted as (

    select
        count(*) filter (where is_praise) as praise_count,
        count(*) filter (where not is_praise) as complaint_count,
        sum(twice_the_rank) filter (where is_praise) as twice_the_ranks_of_praise
    from ranked

),

-- Mann and Whitney 1947: the area under the ROC curve from ranks.
sentiment_agreement as (

    select
        praise_count,
        complaint_count,
        cast(twice_the_ranks_of_praise - praise_count * (praise_count + 1) as double)
        / nullif(2 * praise_count * complaint_count, 0) as area_under_curve
    from counted

)

select * from sentiment_agreement
