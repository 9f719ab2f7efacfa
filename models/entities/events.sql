-- One row per event that keeps the contract.
with checked_events as (

    select * from {{ ref('checked_events') }}

),

events as (

    select
        event_id,
        customer_id,
        occurred_at,
        {{ redacted_label('event_type') }} as event_type,
        product_id
    from checked_events
    where rejection_reason is null

)

select * from events
