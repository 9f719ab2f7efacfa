-- One row per line of an accepted order.
with checked_order_lines as (

    select * from {{ ref('checked_order_lines') }}

),

order_lines as (

    select
        order_id,
        line_number,
        product_id,
        quantity,
        unit_price,
        coalesce(line_amount, cast(quantity * unit_price as decimal(18, 2))) as line_amount
    from checked_order_lines
    where rejection_reason is null

)

select * from order_lines
