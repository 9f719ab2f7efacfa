-- One row per row of the products file.
with source as (

    select * from {{ source('shop', 'products') }}

),

stg_shop__products as (

    select
        {{ as_text('product_id') }} as product_id,
        {{ as_text('product_name') }} as product_name,
        {{ as_text('category') }} as category,
        source_error as unreadable,
        cast(null as varchar) as dropped_values,
        {{ source_row('source') }} as source_row
    from source

)

select * from stg_shop__products
