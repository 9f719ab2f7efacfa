-- One row per review that splits into columns: the purchase behind it. What doesn't split is told among the reviews.
with purchases as (

    select * from {{ ref('base_amazon_reviews__purchases') }}

),

stg_amazon_reviews__orders as (

    select
        order_id,
        reviewer_id as customer_id,
        reviewed_at as ordered_at,
        'completed' as order_status,
        cast(null as decimal(18, 2)) as gross_amount,
        cast(null as decimal(18, 2)) as discount_amount,
        price as net_amount,
        case when price is not null then 'USD' end as currency,
        unreadable_time as unreadable,
        cast(null as varchar) as dropped_values,
        source_row
    from purchases

)

select * from stg_amazon_reviews__orders
