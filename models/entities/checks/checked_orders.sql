-- One row per staged order, with the reason why it is rejected (null: it is accepted).
with staged_orders as (

    select * from {{ staged('orders') }}

),

customers as (

    select * from {{ ref('customers') }}

),

order_dates as (

    select {{ typical_latest('ordered_at') }} as typical_latest
    from staged_orders
    where unreadable is null

),

judged as (

    select
        staged_orders.*,
        case
            when staged_orders.unreadable is not null then staged_orders.unreadable
            when staged_orders.order_id is null then 'order_id is missing'
            when staged_orders.customer_id is null then 'customer_id is missing: a guest order'
            when customers.customer_id is null then 'unknown customer_id'
            when staged_orders.ordered_at is null then 'ordered_at is missing'
            when {{ impossible_date('staged_orders.ordered_at', 'order_dates.typical_latest') }}
                then 'ordered_at is impossible'
            when staged_orders.order_status is null then 'order_status is missing'
            when staged_orders.order_status not in ('completed', 'cancelled', 'returned')
                then 'order_status is none of completed, cancelled, returned'
        end as rejection_reason
    from staged_orders
    cross join order_dates
    left join customers
        on staged_orders.customer_id = customers.customer_id

),

numbered as (

    select
        *,
        {{ first_of_duplicates('orders', ['order_id']) }} as duplicate_number
    from judged

),

checked_orders as (

    select
        {{ contract('orders').keys() | join(',\n        ') }},
        coalesce(rejection_reason, case when duplicate_number > 1 then 'duplicate order_id' end) as rejection_reason,
        dropped_values,
        {{ row_if_told() }} as source_row
    from numbered

)

select * from checked_orders
