-- One row per payment of an order, and why it can't be used, if so. Rows that are alike to the letter are one payment.
with source as (

    select distinct * from {{ source('olist', 'order_payments') }}

),

known_orders as (

    select distinct {{ as_text('order_id') }} as order_id from {{ source('olist', 'orders') }}
    where source_error is null

),

typed as (

    select
        {{ as_text('order_id') }} as order_id,
        {{ as_money('payment_value') }} as payment_value,
        {{ cannot_be_read({'payment_value': as_money('payment_value')}) }} as unreadable,
        {{ source_row('source') }} as source_row
    from source

),

base_olist__order_payments as (

    select
        typed.order_id,
        typed.payment_value,
        case
            when typed.unreadable is not null then 'a payment: ' || typed.unreadable
            when typed.payment_value is null then 'a payment: payment_value is missing'
            when known_orders.order_id is null then 'a payment: unknown order_id'
        end as unreadable,
        typed.source_row
    from typed
    left join known_orders
        on typed.order_id = known_orders.order_id

)

select * from base_olist__order_payments
