-- One row per staged order line, with the reason why it is rejected (null: it is accepted).
with staged_order_lines as (

    select * from {{ staged('order_lines') }}

),

accepted_orders as (

    select order_id from {{ ref('checked_orders') }}
    where rejection_reason is null

),

judged as (

    select
        staged_order_lines.*,
        case
            when staged_order_lines.unreadable is not null then staged_order_lines.unreadable
            when staged_order_lines.order_id is null then 'order_id is missing'
            when accepted_orders.order_id is null then 'unknown order_id, or an order that was rejected'
            when staged_order_lines.line_number is null then 'line_number is missing'
            when staged_order_lines.product_id is null then 'product_id is missing'
            when staged_order_lines.quantity is null then 'quantity is missing'
        end as rejection_reason
    from staged_order_lines
    left join accepted_orders
        on staged_order_lines.order_id = accepted_orders.order_id

),

numbered as (

    select
        *,
        {{ first_of_duplicates('order_lines', ['order_id', 'line_number']) }} as duplicate_number
    from judged

),

checked_order_lines as (

    select
        {{ contract('order_lines').keys() | join(',\n        ') }},
        coalesce(
            rejection_reason,
            case when duplicate_number > 1 then 'duplicate order_id and line_number' end
        ) as rejection_reason,
        dropped_values,
        {{ row_if_told() }} as source_row
    from numbered

)

select * from checked_order_lines
