-- One row per order before as_of_date, and what it counts as. The models behind it count orders by order_kind only.
with orders as (

    select * from {{ ref('orders') }}
    where ordered_at < {{ as_of_date() }}

),

returned_lines as (

    select distinct order_id
    from {{ ref('order_lines') }}
    where quantity < 0

),

-- Money given back and booked as a completed order of negative amount is a refund: nobody bought anything.
kinds as (

    select
        orders.*,
        case
            when order_status <> 'completed' then order_status
            when net_amount < 0 then 'refund'
            else 'purchase'
        end as order_kind
    from orders

),

counted_orders as (

    select
        kinds.order_id,
        kinds.customer_id,
        kinds.ordered_at,
        kinds.order_kind,
        kinds.order_kind in ('returned', 'refund') or returned_lines.order_id is not null as has_return,
        kinds.net_amount,
        -- A negative discount is a surcharge.
        case when kinds.discount_amount < 0 then 0 else kinds.discount_amount end as discount_amount
    from kinds
    left join returned_lines
        on kinds.order_id = returned_lines.order_id

)

select * from counted_orders
