-- One row per customer whose reviews have a topic: what they write about most.
with review_texts as (

    select * from {{ ref('review_texts') }}
    where reviewed_at is null
        or reviewed_at < {{ as_of_date() }}

),

review_topics as (

    select * from {{ ref('review_topics') }}
    where topic_key <> 'other'

),

topic_counts as (

    select
        review_texts.customer_id,
        review_topics.topic_key,
        count(*) as review_count
    from review_texts
    inner join review_topics
        on review_texts.review_id = review_topics.review_id
    group by review_texts.customer_id, review_topics.topic_key

),

ranked_topics as (

    select
        *,
        row_number() over (partition by customer_id order by review_count desc, topic_key asc) as place
    from topic_counts

),

customer_topics as (

    select
        customer_id,
        topic_key as top_topic_key
    from ranked_topics
    where place = 1

)

select * from customer_topics
