-- One row per review and order: by the person who placed the order, of its product where it has only one.
with source as (

    select * from {{ source('olist', 'order_reviews') }}

),

orders as (

    select
        order_id,
        min(customer_id) as customer_id
    from {{ ref('stg_olist__orders') }}
    where unreadable is null
    group by order_id

),

single_products as (

    select
        order_id,
        min(product_id) as product_id
    from {{ ref('stg_olist__order_lines') }}
    where unreadable is null
    group by order_id
    having count(distinct product_id) = 1

),

typed as (

    select
        {{ as_key('review_id') }} as review_id,
        {{ as_text('order_id') }} as order_id,
        {{ as_timestamp('review_creation_date', american_dates()) }} as reviewed_at,
        {{ as_number('review_score') }} as rating,
        {{ as_text('review_comment_title') }} as title,
        {{ as_text('review_comment_message') }} as body,
        {{ cannot_be_read({
            'review_creation_date': as_timestamp('review_creation_date', american_dates()),
            'review_score': as_number('review_score'),
        }, show_value=false) }} as unreadable,
        {{ source_row('source') }} as source_row
    from source

),

stg_olist__reviews as (

    select
        typed.review_id,
        orders.customer_id,
        single_products.product_id,
        typed.order_id,
        typed.reviewed_at,
        typed.rating,
        typed.title,
        typed.body,
        coalesce(
            typed.unreadable,
            case when orders.order_id is null then 'unknown order_id, or an order that cannot be read' end
        ) as unreadable,
        cast(null as varchar) as dropped_values,
        typed.source_row
    from typed
    left join orders
        on typed.order_id = orders.order_id
    left join single_products
        on typed.order_id = single_products.order_id

)

select * from stg_olist__reviews
