-- One row per invoice. Should its lines disagree on customer or date, the smallest counts.
with invoice_lines as (

    select * from {{ ref('base_online_retail__invoice_lines') }}
    where source_error is null
        and invoice_number is not null

),

invoices as (

    select
        invoice_number,
        min(customer_id) as customer_id,
        min(invoiced_at) as invoiced_at,
        min(invoice_date) as invoice_date,
        count(distinct customer_id) as customers,
        count(*) as lines,
        count(*) filter (where adjustment is null and unreadable is null) as sales,
        max(case when is_cancellation then 1 else 0 end) = 1 as is_cancellation
    from invoice_lines
    group by invoice_number

),

stg_online_retail__orders as (

    select
        invoice_number as order_id,
        customer_id,
        invoiced_at as ordered_at,
        case when is_cancellation then 'cancelled' else 'completed' end as order_status,
        cast(null as decimal(18, 2)) as gross_amount,
        cast(null as decimal(18, 2)) as discount_amount,
        cast(null as decimal(18, 2)) as net_amount,
        'GBP' as currency,
        case
            when invoiced_at is null and invoice_date is not null then 'invoice_date cannot be read: ' || invoice_date
            when sales = 0 then 'no line of the invoice is a sale'
        end as unreadable,
        case when customers > 1 then 'customer_id differs between lines' end as dropped_values,
        {{ as_json('invoices') }} as source_row
    from invoices

)

select * from stg_online_retail__orders
