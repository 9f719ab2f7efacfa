-- One row per row of the events file.
with source as (

    select * from {{ source('shop', 'events') }}

),

stg_shop__events as (

    select
        {{ as_text('event_id') }} as event_id,
        {{ as_text('customer_id') }} as customer_id,
        {{ as_timestamp('occurred_at') }} as occurred_at,
        lower({{ as_text('event_type') }}) as event_type,
        {{ as_text('product_id') }} as product_id,
        {{ cannot_be_read({'occurred_at': as_timestamp('occurred_at')}) }} as unreadable,
        cast(null as varchar) as dropped_values,
        {{ source_row('source') }} as source_row
    from source

)

select * from stg_shop__events
