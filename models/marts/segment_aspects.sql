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
        count(*) as customers,
        {{ exact_average('sentiment') }} as sentiment,
        {{ exact_average('sentiment * sentiment') }} as mean_square
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

-- The standard error of their mean, had so many customers been drawn by lot from all who speak of it.
compared as (

    select
        figures.*,
        shop.sentiment as shop_sentiment,
        figures.sentiment - shop.sentiment as difference,
        sqrt(
            greatest(shop.mean_square - shop.sentiment * shop.sentiment, 0)
            / figures.customers * (shop.customers - figures.customers) / nullif(shop.customers - 1, 0)
        ) as standard_error
    from figures
    inner join shop
        on figures.aspect = shop.aspect

),

judged as (

    select
        *,
        difference / nullif(standard_error, 0) as standard_errors_from_shop,
        customers >= {{ var('aspect_fewest_customers') }}
        and abs(difference) >= {{ var('aspect_least_difference') }}
        and abs(difference) >= {{ var('aspect_standard_errors') }} * standard_error as is_clear
    from compared

),

segment_aspects as (

    select
        segment_key,
        aspect,
        customers,
        round(sentiment, 4) as sentiment,
        round(shop_sentiment, 4) as shop_sentiment,
        round(standard_errors_from_shop, 2) as standard_errors_from_shop,
        case
            when is_clear and sentiment > 0 and difference > 0 then 'praised'
            when is_clear and sentiment < 0 and difference < 0 then 'criticised'
        end as verdict,
        round(complaint_share, 4) as complaint_share
    from judged

)

select * from segment_aspects
