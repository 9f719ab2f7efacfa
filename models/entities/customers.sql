-- One row per customer: of the customers file, or, where there is none, of those that the other files name.
with checked_customers as (

    select * from {{ ref('checked_customers') }}

),

customers as (

    select
        {{ contract('customers').keys() | join(',\n        ') }}
    from checked_customers
    where rejection_reason is null

)

select * from customers
