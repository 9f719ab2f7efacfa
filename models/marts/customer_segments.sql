-- One row per customer, with or without orders: which segment they are in, how sure that is, and what they do and say.
with customers as (

    select * from {{ ref('customers') }}

),

as_of as (

    select * from {{ ref('as_of') }}

),

customer_features as (

    select * from {{ ref('customer_features') }}

),

customer_aspects as (

    select * from {{ ref('customer_aspects') }}

),

customer_clusters as (

    select * from {{ ref('customer_clusters') }}

),

segment_descriptions as (

    select * from {{ ref('segment_descriptions') }}

),

customer_languages as (

    select * from {{ ref('customer_languages') }}

),

customer_topics as (

    select * from {{ ref('customer_topics') }}

),

topic_labels as (

    select * from {{ ref('topic_labels') }}

),

customer_segments as (

    select
        customers.customer_id,
        as_of.as_of_date,
        customer_clusters.segment_key,
        segment_descriptions.segment_name,
        case
            when customer_features.customer_id is null then 'no_orders'
            when customer_clusters.customer_id is null then 'insufficient_history'
            when customer_clusters.segment_key is null then 'noise'
            else 'assigned'
        end as assignment_state,
        round(customer_clusters.confidence, 6) as confidence,
        round(customer_clusters.silhouette, 6) as silhouette,
        customer_clusters.next_segment_key,
        round(customer_clusters.distance, 6) as distance,
        round(customer_clusters.next_distance, 6) as next_distance,
        customer_clusters.reason_1,
        round(customer_clusters.reason_1_contribution, 6) as reason_1_contribution,
        customer_clusters.reason_2,
        round(customer_clusters.reason_2_contribution, 6) as reason_2_contribution,
        customer_clusters.reason_3,
        round(customer_clusters.reason_3_contribution, 6) as reason_3_contribution,
        customer_features.recency_days,
        customer_features.frequency,
        customer_features.monetary,
        customer_features.r_score,
        customer_features.f_score,
        customer_features.m_score,
        customer_features.rfm_segment,
        coalesce(customer_features.review_count, 0) as review_count,
        round(customer_features.average_rating, 6) as average_rating,
        round(customer_features.average_sentiment, 6) as sentiment,
        customer_languages.review_language,
        customer_aspects.praised_aspect,
        customer_aspects.criticised_aspect,
        customer_topics.top_topic_key,
        topic_labels.label as top_topic
    from customers
    cross join as_of
    left join customer_features
        on customers.customer_id = customer_features.customer_id
    left join customer_aspects
        on customers.customer_id = customer_aspects.customer_id
    left join customer_clusters
        on customers.customer_id = customer_clusters.customer_id
    left join segment_descriptions
        on customer_clusters.segment_key = segment_descriptions.segment_key
    left join customer_languages
        on customers.customer_id = customer_languages.customer_id
    left join customer_topics
        on customers.customer_id = customer_topics.customer_id
    left join topic_labels
        on customer_topics.top_topic_key = topic_labels.topic_key

)

select * from customer_segments
