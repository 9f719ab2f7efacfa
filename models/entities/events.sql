-- One row per event that keeps the contract.
with checked_events as (

    select * from {{ ref('checked_events') }}

),

events as (

    select
        {{ contract('events').keys() | join(',\n        ') }}
    from checked_events
    where rejection_reason is null

)

select * from events
