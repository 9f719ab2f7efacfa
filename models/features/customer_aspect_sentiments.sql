-- One row per customer and aspect that their reviews before as_of_date speak of: the mean sentiment towards it.
with customer_purchases as (

    select * from {{ feature('customer_purchases') }}

),

-- An undated review counts, but not before a cut: it may have been written after it.
reviews as (

    select * from {{ ref('reviews') }}
    where coalesce(reviewed_at < {{ as_of_date() }}, {{ 'false' if is_before_cut() else 'true' }})

),

review_aspects as (

    select * from {{ ref('review_aspects') }}

),

customer_aspect_sentiments as (

    select
        customer_purchases.customer_id,
        review_aspects.aspect,
        {{ exact_average('review_aspects.sentiment') }} as sentiment,
        count(*) as review_count
    from customer_purchases
    inner join reviews
        on customer_purchases.customer_id = reviews.customer_id
    inner join review_aspects
        on reviews.review_id = review_aspects.review_id
    group by
        customer_purchases.customer_id,
        review_aspects.aspect

)

select * from customer_aspect_sentiments
