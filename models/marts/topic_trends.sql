-- One row per topic and quarter in which the shop was reviewed: how much was written about it, and how content it was.
with topics as (

    select * from {{ ref('topics') }}

),

review_topics as (

    select * from {{ ref('review_topics') }}

),

review_texts as (

    select * from {{ ref('review_texts') }}
    where reviewed_at < {{ as_of_date() }}

),

review_sentiment as (

    select * from {{ ref('review_sentiment') }}

),

dated_reviews as (

    select
        review_topics.topic_key,
        cast(date_trunc('quarter', review_texts.reviewed_at) as date) as quarter_start,
        review_sentiment.sentiment
    from review_texts
    inner join review_topics
        on review_texts.review_id = review_topics.review_id
    left join review_sentiment
        on review_texts.review_id = review_sentiment.review_id

),

quarters as (

    select
        quarter_start,
        count(*) as review_count
    from dated_reviews
    group by quarter_start

),

figures as (

    select
        topic_key,
        quarter_start,
        count(*) as review_count,
        {{ exact_average('sentiment') }} as average_sentiment
    from dated_reviews
    group by topic_key, quarter_start

),

-- A quarter in which nobody wrote about a topic is a nought, not a gap.
filled_figures as (

    select
        topics.topic_key,
        topics.label,
        quarters.quarter_start,
        coalesce(figures.review_count, 0) as review_count,
        cast(coalesce(figures.review_count, 0) as double) / quarters.review_count as review_share,
        figures.average_sentiment
    from topics
    cross join quarters
    left join figures
        on
            topics.topic_key = figures.topic_key
            and quarters.quarter_start = figures.quarter_start

),

topic_trends as (

    select
        topic_key,
        label,
        quarter_start,
        review_count,
        round(review_share, 6) as review_share,
        round(
            review_share - lag(review_share) over (partition by topic_key order by quarter_start), 6
        ) + 0.0 as review_share_change,
        round(average_sentiment, 4) as average_sentiment
    from filled_figures

)

select * from topic_trends
