-- One row per line of the file, typed, with what tells a sale from a cancellation and from an adjustment.
with source as (

    select * from {{ source('online_retail', 'invoice_lines') }}

),

typed as (

    select
        {{ as_text('invoice_no') }} as invoice_number,
        upper({{ as_text('stock_code') }}) as product_id,
        {{ as_text('description') }} as product_name,
        {{ as_number('quantity') }} as quantity,
        {{ as_timestamp('invoice_date', american_dates()) }} as invoiced_at,
        {{ as_number('unit_price') }} as unit_price,
        {{ as_key('customer_id') }} as customer_id,
        nullif({{ as_text('country') }}, 'Unspecified') as country,
        {{ as_text('invoice_date') }} as invoice_date,
        source_error,
        {{ cannot_be_read({'quantity': as_number('quantity'), 'unit_price': as_number('unit_price')}) }} as unreadable,
        {{ source_row('source') }} as source_row
    from source

),

base_online_retail__invoice_lines as (

    select
        *,
        upper(invoice_number) like 'C%' as is_cancellation,
        case
            when upper(invoice_number) like 'C%' then null
            when quantity <= 0 then 'not a sale: the quantity is not positive'
            when unit_price <= 0 then 'not a sale: the price is not positive'
        end as adjustment
    from typed

)

select * from base_online_retail__invoice_lines
