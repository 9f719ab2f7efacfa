-- One row per row of the reviews file.
with source as (

    select * from {{ source('shop', 'reviews') }}

),

stg_shop__reviews as (

    select
        {{ as_text('review_id') }} as review_id,
        {{ as_text('customer_id') }} as customer_id,
        {{ as_text('product_id') }} as product_id,
        {{ as_text('order_id') }} as order_id,
        {{ as_timestamp('reviewed_at') }} as reviewed_at,
        {{ as_number('rating') }} as rating,
        {{ as_text('title') }} as title,
        {{ as_text('body') }} as body,
        {{ cannot_be_read({
            'reviewed_at': as_timestamp('reviewed_at'),
            'rating': as_number('rating'),
        }, show_value=false) }} as unreadable,
        cast(null as varchar) as dropped_values,
        {{ source_row('source') }} as source_row
    from source

)

select * from stg_shop__reviews
