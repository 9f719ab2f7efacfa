-- One row per segment: the categories it buys most, and reviews that show what its customers say.
with customer_clusters as (

    select * from {{ ref('customer_clusters') }}
    where segment_key is not null

),

customer_category_shares as (

    select * from {{ ref('customer_category_shares') }}

),

customer_reviews as (

    select * from {{ ref('customer_reviews') }}

),

review_sentiment as (

    select * from {{ ref('review_sentiment') }}

),

review_texts as (

    select * from {{ ref('review_texts') }}
    where reviewed_at is null
        or reviewed_at < {{ as_of_date() }}

),

category_totals as (

    select
        customer_clusters.segment_key,
        customer_category_shares.category,
        sum(cast(customer_category_shares.share as decimal(24, 6))) as total
    from customer_category_shares
    inner join customer_clusters
        on customer_category_shares.customer_id = customer_clusters.customer_id
    group by customer_clusters.segment_key, customer_category_shares.category

),

ranked_categories as (

    select
        *,
        row_number() over (partition by segment_key order by total desc, category asc) as place
    from category_totals

),

top_categories as (

    select
        segment_key,
        {{ joined_text('category', 'place') }} as top_categories
    from ranked_categories
    where place <= 3
    group by segment_key

),

segment_sentiments as (

    select
        customer_clusters.segment_key,
        {{ exact_average('customer_reviews.average_sentiment') }} as average_sentiment
    from customer_clusters
    inner join customer_reviews
        on customer_clusters.customer_id = customer_reviews.customer_id
    group by customer_clusters.segment_key

),

-- The reviews nearest to the segment's mean sentiment, of the customers nearest to its centre: one review per customer.
typical_reviews as (

    select
        customer_clusters.segment_key,
        customer_clusters.customer_id,
        review_texts.review_id,
        round(customer_clusters.distance, 6) as distance,
        row_number() over (
            partition by customer_clusters.customer_id
            order by
                abs(review_sentiment.sentiment - segment_sentiments.average_sentiment),
                review_texts.review_id
        ) as place_with_customer
    from review_texts
    inner join customer_clusters
        on review_texts.customer_id = customer_clusters.customer_id
    inner join review_sentiment
        on review_texts.review_id = review_sentiment.review_id
    inner join segment_sentiments
        on customer_clusters.segment_key = segment_sentiments.segment_key

),

ranked_reviews as (

    select
        *,
        row_number() over (partition by segment_key order by distance, review_id) as place
    from typical_reviews
    where place_with_customer = 1

),

evidence_reviews as (

    select
        segment_key,
        {{ joined_text('review_id', 'place') }} as evidence_review_ids
    from ranked_reviews
    where place <= 3
    group by segment_key

),

segment_evidence as (

    select
        segment_centroids.segment_key,
        top_categories.top_categories,
        evidence_reviews.evidence_review_ids
    from {{ ref('segment_centroids') }} as segment_centroids
    left join top_categories
        on segment_centroids.segment_key = top_categories.segment_key
    left join evidence_reviews
        on segment_centroids.segment_key = evidence_reviews.segment_key

)

select * from segment_evidence
