-- One row per line of the file, numbered within its invoice by what it says: never by where it stands in the file.
with invoice_lines as (

    select * from {{ ref('base_online_retail__invoice_lines') }}

),

stg_online_retail__order_lines as (

    select
        invoice_number as order_id,
        cast(
            row_number() over (
                partition by invoice_number
                order by product_id, quantity, unit_price, product_name, unreadable
            ) as integer
        ) as line_number,
        product_id,
        quantity,
        cast(unit_price as decimal(18, 2)) as unit_price,
        -- Of the price as it stands there: a few are tenths of a penny.
        cast(quantity * unit_price as decimal(18, 2)) as line_amount,
        coalesce(unreadable, adjustment) as unreadable,
        cast(null as varchar) as dropped_values,
        source_row
    from invoice_lines

)

select * from stg_online_retail__order_lines
