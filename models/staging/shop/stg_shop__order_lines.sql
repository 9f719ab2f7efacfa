-- One row per row of the order_lines file.
with source as (

    select * from {{ source('shop', 'order_lines') }}

),

stg_shop__order_lines as (

    select
        {{ as_text('order_id') }} as order_id,
        {{ as_integer('line_number') }} as line_number,
        {{ as_text('product_id') }} as product_id,
        {{ as_number('quantity') }} as quantity,
        {{ as_money('unit_price') }} as unit_price,
        {{ as_money('line_amount') }} as line_amount,
        {{ cannot_be_read({
            'line_number': as_integer('line_number'),
            'quantity': as_number('quantity'),
            'unit_price': as_money('unit_price'),
            'line_amount': as_money('line_amount'),
        }) }} as unreadable,
        cast(null as varchar) as dropped_values,
        {{ source_row('source') }} as source_row
    from source

)

select * from stg_shop__order_lines
