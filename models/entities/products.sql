-- One row per product that keeps the contract.
with checked_products as (

    select * from {{ ref('checked_products') }}

),

products as (

    select
        {{ contract('products').keys() | join(',\n        ') }}
    from checked_products
    where rejection_reason is null

)

select * from products
