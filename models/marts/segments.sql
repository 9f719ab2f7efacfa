-- One row per segment: what it is called, how large it is, what its customers do and say, and how good a segment it is.
with customer_segments as (

    select * from {{ ref('customer_segments') }}
    where assignment_state = 'assigned'

),

segment_descriptions as (

    select * from {{ ref('segment_descriptions') }}

),

segment_centroids as (

    select * from {{ ref('segment_centroids') }}

),

customer_features as (

    select * from {{ ref('customer_features') }}

),

segment_evidence as (

    select * from {{ ref('segment_evidence') }}

),

segment_aspects as (

    select * from {{ ref('segment_aspects') }}

),

-- Of aspects that are equally praised or blamed, the first in the alphabet.
ranked_aspects as (

    select
        segment_key,
        aspect,
        verdict,
        row_number() over (partition by segment_key, verdict order by abs(sentiment) desc, aspect asc) as place
    from segment_aspects

),

aspect_extremes as (

    select
        segment_key,
        max(case when verdict = 'praised' then aspect end) as praised_aspect,
        max(case when verdict = 'criticised' then aspect end) as criticised_aspect
    from ranked_aspects
    where place = 1
    group by segment_key

),

top_topics as (

    select
        segment_key,
        {{ joined_text('label', 'place', '; ') }} as top_topics
    from {{ ref('segment_topics') }}
    where topic_key <> 'other'
        and place <= 3
    group by segment_key

),

shop as (

    select
        count(*) as customers,
        sum(monetary) as revenue
    from customer_segments

),

figures as (

    select
        customer_segments.segment_key,
        count(*) as customers,
        sum(customer_segments.monetary) as revenue,
        {{ median_of('customer_segments.recency_days') }} as median_recency_days,
        {{ median_of('customer_segments.frequency') }} as median_frequency,
        {{ median_of('customer_segments.monetary') }} as median_monetary,
        {{ exact_average('customer_features.average_order_value') }} as average_order_value,
        {{ exact_average('customer_segments.average_rating') }} as average_rating,
        {{ exact_average('customer_segments.sentiment') }} as average_sentiment,
        {{ exact_average('case when customer_segments.review_count > 0 then 1 else 0 end') }} as reviewer_share,
        {{ exact_average('customer_segments.confidence') }} as average_confidence
    from customer_segments
    inner join customer_features
        on customer_segments.customer_id = customer_features.customer_id
    group by customer_segments.segment_key

),

segments as (

    select
        figures.segment_key,
        segment_descriptions.segment_name,
        segment_descriptions.description,
        segment_descriptions.description_source,
        segment_descriptions.suggested_action,
        figures.customers,
        round(cast(figures.customers as double) / shop.customers, 6) as customer_share,
        cast(figures.revenue as decimal(18, 2)) as revenue,
        round(cast(figures.revenue as double) / nullif(cast(shop.revenue as double), 0), 6) as revenue_share,
        figures.median_recency_days,
        figures.median_frequency,
        figures.median_monetary,
        round(figures.average_order_value, 2) as average_order_value,
        round(figures.average_rating, 4) as average_rating,
        round(figures.average_sentiment, 4) as average_sentiment,
        round(figures.reviewer_share, 6) as reviewer_share,
        aspect_extremes.praised_aspect,
        aspect_extremes.criticised_aspect,
        segment_evidence.top_categories,
        top_topics.top_topics,
        segment_evidence.evidence_review_ids,
        round(figures.average_confidence, 6) as average_confidence,
        round(segment_centroids.silhouette, 6) as silhouette,
        round(segment_centroids.bootstrap_jaccard, 6) as bootstrap_jaccard
    from figures
    cross join shop
    inner join segment_centroids
        on figures.segment_key = segment_centroids.segment_key
    inner join segment_descriptions
        on figures.segment_key = segment_descriptions.segment_key
    left join aspect_extremes
        on figures.segment_key = aspect_extremes.segment_key
    left join segment_evidence
        on figures.segment_key = segment_evidence.segment_key
    left join top_topics
        on figures.segment_key = top_topics.segment_key

)

select * from segments
