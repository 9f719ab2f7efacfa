-- One row per line of the metadata, and one per reviewed product that it doesn't have.
with metadata as (

    select * from {{ ref('base_amazon_reviews__metadata') }}

),

reviewed as (

    select distinct product_id from {{ ref('base_amazon_reviews__reviews') }}
    where source_error is null
        and product_id is not null
        and product_id not in (select metadata.product_id from metadata where metadata.product_id is not null)

),

stg_amazon_reviews__products as (

    select
        product_id,
        product_name,
        category,
        unreadable,
        dropped_values,
        source_row
    from metadata
    union all
    select
        product_id,
        cast(null as varchar) as product_name,
        cast(null as varchar) as category,
        cast(null as varchar) as unreadable,
        cast(null as varchar) as dropped_values,
        {{ as_json('reviewed') }} as source_row
    from reviewed

)

select * from stg_amazon_reviews__products
