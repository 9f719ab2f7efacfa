-- One row per segment and aspect: what its customers' reviews say of delivery, price, quality, service, fit.
with customer_segments as (

    select * from {{ ref('customer_segments') }}
    where assignment_state = 'assigned'

),

customer_aspect_sentiments as (

    select * from {{ ref('customer_aspect_sentiments') }}

),

shop as (

    select
        aspect,
        {{ exact_average('sentiment') }} as sentiment
    from customer_aspect_sentiments
    group by aspect

),

figures as (

    select
        customer_segments.segment_key,
        customer_aspect_sentiments.aspect,
        count(*) as customers,
        {{ exact_average('customer_aspect_sentiments.sentiment') }} as sentiment,
        cast(count(*) filter (where customer_aspect_sentiments.sentiment < 0) as double) / count(*) as complaint_share
    from customer_segments
    inner join customer_aspect_sentiments
        on customer_segments.customer_id = customer_aspect_sentiments.customer_id
    group by
        customer_segments.segment_key,
        customer_aspect_sentiments.aspect

),

segment_aspects as (

    select
        figures.segment_key,
        figures.aspect,
        figures.customers,
        round(figures.sentiment, 4) as sentiment,
        round(shop.sentiment, 4) as shop_sentiment,
        round(figures.complaint_share, 4) as complaint_share
    from figures
    inner join shop
        on figures.aspect = shop.aspect

)

select * from segment_aspects
