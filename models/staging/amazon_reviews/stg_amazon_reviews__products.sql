-- One row per line of the metadata, and one per reviewed product that it doesn't have.
with metadata as (

    select * from {{ ref('base_amazon_reviews__metadata') }}

),

reviews as (

    select * from {{ ref('base_amazon_reviews__reviews') }}
    where source_error is null

),

reviewed as (

    select distinct reviews.product_id
    from reviews
    left join metadata
        on reviews.product_id = metadata.product_id
    where reviews.product_id is not null
        and metadata.product_id is null

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
