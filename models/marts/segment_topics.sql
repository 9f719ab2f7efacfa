-- One row per segment and topic that its customers write about: how much, beside the shop, and how content they are.
with customer_clusters as (

    select * from {{ ref('customer_clusters') }}
    where segment_key is not null

),

review_texts as (

    select * from {{ ref('review_texts') }}
    where reviewed_at is null
        or reviewed_at < {{ as_of_date() }}

),

review_topics as (

    select * from {{ ref('review_topics') }}

),

review_sentiment as (

    select * from {{ ref('review_sentiment') }}

),

topics as (

    select * from {{ ref('topics') }}

),

segment_reviews as (

    select
        customer_clusters.segment_key,
        customer_clusters.customer_id,
        review_topics.topic_key,
        review_sentiment.sentiment
    from review_texts
    inner join customer_clusters
        on review_texts.customer_id = customer_clusters.customer_id
    inner join review_topics
        on review_texts.review_id = review_topics.review_id
    left join review_sentiment
        on review_texts.review_id = review_sentiment.review_id

),

segment_totals as (

    select
        segment_key,
        count(*) as review_count
    from segment_reviews
    group by segment_key

),

figures as (

    select
        segment_key,
        topic_key,
        count(*) as review_count,
        count(distinct customer_id) as customers,
        {{ exact_average('sentiment') }} as average_sentiment
    from segment_reviews
    group by segment_key, topic_key

),

-- What fits no topic comes last, however much it is.
segment_topics as (

    select
        figures.segment_key,
        figures.topic_key,
        topics.label,
        row_number() over (
            partition by figures.segment_key
            order by
                case when figures.topic_key = 'other' then 1 else 0 end,
                figures.review_count desc,
                figures.topic_key asc
        ) as place,
        figures.review_count,
        figures.customers,
        round(cast(figures.review_count as double) / segment_totals.review_count, 6) as review_share,
        topics.review_share as shop_review_share,
        round(figures.average_sentiment, 4) as average_sentiment,
        topics.average_sentiment as shop_average_sentiment
    from figures
    inner join segment_totals
        on figures.segment_key = segment_totals.segment_key
    inner join topics
        on figures.topic_key = topics.topic_key

)

select * from segment_topics
