-- One row per named RFM segment, those without a customer included.
with rfm_segment_cells as (

    select * from {{ ref('rfm_segment_cells') }}

),

customer_features as (

    select * from {{ ref('customer_features') }}

),

segment_names as (

    select distinct rfm_segment
    from rfm_segment_cells

),

segment_figures as (

    select
        rfm_segment,
        count(*) as customers,
        sum(monetary) as revenue,
        {{ median_of('recency_days') }} as median_recency_days,
        {{ median_of('frequency') }} as median_frequency,
        {{ median_of('monetary') }} as median_monetary,
        {{ exact_average('average_rating') }} as average_rating,
        {{ exact_average('average_sentiment') }} as average_sentiment
    from customer_features
    group by rfm_segment

),

shop_figures as (

    select
        count(*) as customers,
        sum(monetary) as revenue
    from customer_features

),

rfm_segments as (

    select
        segment_names.rfm_segment,
        coalesce(segment_figures.customers, 0) as customers,
        round(
            cast(coalesce(segment_figures.customers, 0) as double) / nullif(shop_figures.customers, 0), 6
        ) as customer_share,
        -- Known amounts only: null is for a shop that knows none.
        cast(
            case when shop_figures.revenue is not null then coalesce(segment_figures.revenue, 0) end as decimal(18, 2)
        ) as revenue,
        round(
            cast(coalesce(segment_figures.revenue, 0) as double) / nullif(cast(shop_figures.revenue as double), 0), 6
        ) as revenue_share,
        segment_figures.median_recency_days,
        segment_figures.median_frequency,
        cast(segment_figures.median_monetary as decimal(18, 2)) as median_monetary,
        round(segment_figures.average_rating, 6) as average_rating,
        round(segment_figures.average_sentiment, 6) as average_sentiment
    from segment_names
    cross join shop_figures
    left join segment_figures
        on segment_names.rfm_segment = segment_figures.rfm_segment

)

select * from rfm_segments
