-- One row per item of an order: an article bought twice has two rows.
with source as (

    select * from {{ source('olist', 'order_items') }}

),

stg_olist__order_lines as (

    select
        {{ as_text('order_id') }} as order_id,
        {{ as_integer('order_item_id') }} as line_number,
        {{ as_text('product_id') }} as product_id,
        cast(1 as double) as quantity,
        {{ as_money('price') }} as unit_price,
        {{ as_money('price') }} as line_amount,
        {{ cannot_be_read({
            'order_item_id': as_integer('order_item_id'),
            'price': as_money('price'),
        }) }} as unreadable,
        cast(null as varchar) as dropped_values,
        {{ source_row('source') }} as source_row
    from source

)

select * from stg_olist__order_lines
