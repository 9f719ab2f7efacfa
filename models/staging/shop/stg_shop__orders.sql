-- One row per row of the orders file.
with source as (

    select * from {{ source('shop', 'orders') }}

),

stg_shop__orders as (

    select
        {{ as_text('order_id') }} as order_id,
        {{ as_text('customer_id') }} as customer_id,
        {{ as_timestamp('ordered_at') }} as ordered_at,
        lower({{ as_text('order_status') }}) as order_status,
        {{ as_money('gross_amount') }} as gross_amount,
        {{ as_money('discount_amount') }} as discount_amount,
        {{ as_money('net_amount') }} as net_amount,
        {{ as_text('currency') }} as currency,
        {{ cannot_be_read({
            'ordered_at': as_timestamp('ordered_at'),
            'gross_amount': as_money('gross_amount'),
            'discount_amount': as_money('discount_amount'),
            'net_amount': as_money('net_amount'),
        }) }} as unreadable,
        cast(null as varchar) as dropped_values,
        {{ source_row('source') }} as source_row
    from source

)

select * from stg_shop__orders
