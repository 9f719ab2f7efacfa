-- One row per customer with at least one purchase before as_of_date: the values that RFM is scored from.
with counted_orders as (

    select * from {{ feature('counted_orders') }}

),

-- A purchase of unknown amount counts for frequency only; a refund reduces monetary and counts for nothing else.
purchases as (

    select
        customer_id,
        count(*) filter (where order_kind = 'purchase') as frequency,
        sum(net_amount) filter (where order_kind in ('purchase', 'refund')) as monetary,
        min(ordered_at) filter (where order_kind = 'purchase') as first_ordered_at,
        max(ordered_at) filter (where order_kind = 'purchase') as last_ordered_at
    from counted_orders
    group by customer_id

),

customer_purchases as (

    select
        customer_id,
        {{ days_between('last_ordered_at', as_of_date()) }} as recency_days,
        frequency,
        cast(monetary as decimal(18, 2)) as monetary,
        first_ordered_at,
        last_ordered_at
    from purchases
    where frequency > 0

)

select * from customer_purchases
