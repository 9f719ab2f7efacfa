-- One row per review.
with reviews as (

    select * from {{ ref('base_amazon_reviews__reviews') }}

),

stg_amazon_reviews__reviews as (

    select
        review_id,
        reviewer_id as customer_id,
        product_id,
        review_id as order_id,
        reviewed_at,
        rating,
        title,
        body,
        unreadable,
        cast(null as varchar) as dropped_values,
        source_row
    from reviews

)

select * from stg_amazon_reviews__reviews
