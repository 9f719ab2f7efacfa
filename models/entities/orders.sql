-- One row per order of a known customer. Where the shop gives no net amount, it is what the other amounts come to.
with checked_orders as (

    select * from {{ ref('checked_orders') }}
    where rejection_reason is null

),

order_lines as (

    select * from {{ ref('order_lines') }}

),

-- One line of unknown amount makes the sum of the order unknown.
order_totals as (

    select
        order_id,
        sum(line_amount) as lines_amount
    from order_lines
    group by order_id
    having count(line_amount) = count(*)

),

orders as (

    select
        checked_orders.order_id,
        checked_orders.customer_id,
        checked_orders.ordered_at,
        checked_orders.order_status,
        checked_orders.gross_amount,
        checked_orders.discount_amount,
        cast(
            coalesce(
                checked_orders.net_amount,
                checked_orders.gross_amount - coalesce(checked_orders.discount_amount, 0),
                order_totals.lines_amount - coalesce(checked_orders.discount_amount, 0)
            ) as decimal(18, 2)
        ) as net_amount,
        {{ redacted_label('checked_orders.currency') }} as currency
    from checked_orders
    left join order_totals
        on checked_orders.order_id = order_totals.order_id

)

select * from orders
