-- One row per review that splits into columns: the purchase behind it, without what the customer wrote, and its price.
with reviews as (

    select * from {{ ref('base_amazon_reviews__reviews') }}
    where source_error is null

),

prices as (

    select
        product_id,
        min(price) as price
    from {{ ref('base_amazon_reviews__metadata') }}
    group by product_id

),

purchases as (

    select
        reviews.review_id as order_id,
        reviews.reviewer_id,
        reviews.asin,
        reviews.product_id,
        reviews.unix_review_time,
        reviews.reviewed_at,
        prices.price,
        reviews.unreadable_time
    from reviews
    left join prices
        on reviews.product_id = prices.product_id

),

base_amazon_reviews__purchases as (

    select
        *,
        {{ as_json('purchases') }} as source_row
    from purchases

)

select * from base_amazon_reviews__purchases
