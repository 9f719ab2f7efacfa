-- One row per product that keeps the contract.
with checked_products as (

    select * from {{ ref('checked_products') }}

),

products as (

    select
        product_id,
        {{ redacted_label('product_name') }} as product_name,
        {{ redacted_label('category') }} as category
    from checked_products
    where rejection_reason is null

)

select * from products
