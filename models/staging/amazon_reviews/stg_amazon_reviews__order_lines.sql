-- One row per review that splits into columns: the one line of its purchase.
with purchases as (

    select * from {{ ref('base_amazon_reviews__purchases') }}

),

stg_amazon_reviews__order_lines as (

    select
        order_id,
        1 as line_number,
        product_id,
        cast(1 as double) as quantity,
        price as unit_price,
        price as line_amount,
        cast(null as varchar) as unreadable,
        cast(null as varchar) as dropped_values,
        source_row
    from purchases

)

select * from stg_amazon_reviews__order_lines
