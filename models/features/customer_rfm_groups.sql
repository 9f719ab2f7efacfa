-- One row per customer with at least one purchase before as_of_date: the group that RFM scores the customer in.
with customer_purchases as (

    select * from {{ feature('customer_purchases') }}

),

customers as (

    select * from {{ ref('customers') }}

),

attribute_groups as (

    select
        customer_purchases.customer_id,
        {{ rfm_group('customers') }} as rfm_group
    from customers
    inner join customer_purchases
        on customers.customer_id = customer_purchases.customer_id

),

-- A handful of customers has no fifths: they are scored among all.
customer_rfm_groups as (

    select
        customer_id,
        case
            when count(*) over (partition by rfm_group) >= {{ smallest_rfm_group() }} then rfm_group
            else {{ all_customers() }}
        end as rfm_group
    from attribute_groups

)

select * from customer_rfm_groups
