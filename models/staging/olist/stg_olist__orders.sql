-- One row per order, and one per payment that can't be used: payments are no entity of their own, and none is lost.
with source as (

    select * from {{ source('olist', 'orders') }}

),

customers as (

    select
        {{ as_text('customer_id') }} as customer_id,
        min({{ as_text('customer_unique_id') }}) as customer_unique_id
    from {{ source('olist', 'customers') }}
    where source_error is null
    group by {{ as_text('customer_id') }}

),

order_payments as (

    select * from {{ ref('base_olist__order_payments') }}

),

order_items as (

    select
        {{ as_text('order_id') }} as order_id,
        {{ as_money('price') }} as price,
        case
            when {{ as_text('freight_value') }} is null then 0
            else {{ as_money('freight_value') }}
        end as freight
    from {{ source('olist', 'order_items') }}
    where source_error is null

),

-- A payment or an item of unknown amount makes the sum of its order unknown.
paid as (

    select
        order_id,
        sum(payment_value) as amount
    from order_payments
    group by order_id
    having count(payment_value) = count(*)

),

charged as (

    select
        order_id,
        sum(price + freight) as amount
    from order_items
    group by order_id
    having count(price + freight) = count(*)

),

typed as (

    select
        {{ as_text('order_id') }} as order_id,
        {{ as_text('customer_id') }} as customer_id,
        {{ as_timestamp('order_purchase_timestamp', american_dates()) }} as ordered_at,
        lower({{ as_text('order_status') }}) as order_status,
        {{ cannot_be_read({
            'order_purchase_timestamp': as_timestamp('order_purchase_timestamp', american_dates()),
        }) }} as unreadable,
        {{ source_row('source') }} as source_row
    from source

),

all_orders as (

    select
        typed.order_id,
        customers.customer_unique_id as customer_id,
        typed.ordered_at,
        case
            when typed.order_status in ('canceled', 'unavailable') then 'cancelled'
            when typed.order_status in ('created', 'approved', 'processing', 'invoiced', 'shipped', 'delivered')
                then 'completed'
            else typed.order_status
        end as order_status,
        cast(null as decimal(18, 2)) as gross_amount,
        cast(null as decimal(18, 2)) as discount_amount,
        cast(coalesce(paid.amount, charged.amount) as decimal(18, 2)) as net_amount,
        'BRL' as currency,
        coalesce(
            typed.unreadable,
            case
                when typed.customer_id is not null and customers.customer_unique_id is null
                    then 'customer_id is not in olist_customers_dataset'
            end
        ) as unreadable,
        cast(null as varchar) as dropped_values,
        typed.source_row
    from typed
    left join customers
        on typed.customer_id = customers.customer_id
    left join paid
        on typed.order_id = paid.order_id
    left join charged
        on typed.order_id = charged.order_id

),

unusable_payments as (

    select
        order_id,
        cast(null as varchar) as customer_id,
        cast(null as timestamp) as ordered_at,
        cast(null as varchar) as order_status,
        cast(null as decimal(18, 2)) as gross_amount,
        cast(null as decimal(18, 2)) as discount_amount,
        cast(null as decimal(18, 2)) as net_amount,
        cast(null as varchar) as currency,
        unreadable,
        cast(null as varchar) as dropped_values,
        source_row
    from order_payments
    where unreadable is not null

),

stg_olist__orders as (

    select * from all_orders
    union all
    select * from unusable_payments

)

select * from stg_olist__orders
