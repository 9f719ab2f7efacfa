-- One row per staged event, with the reason why it is rejected (null: it is accepted).
with staged_events as (

    select * from {{ staged('events') }}

),

customers as (

    select * from {{ ref('customers') }}

),

order_dates as (

    select {{ typical_latest('ordered_at') }} as typical_latest
    from {{ ref('orders') }}

),

judged as (

    select
        staged_events.*,
        case
            when staged_events.unreadable is not null then staged_events.unreadable
            when staged_events.event_id is null then 'event_id is missing'
            when staged_events.customer_id is null then 'customer_id is missing: a visitor'
            when customers.customer_id is null then 'unknown customer_id'
            when staged_events.occurred_at is null then 'occurred_at is missing'
            when {{ impossible_date('staged_events.occurred_at', 'order_dates.typical_latest') }}
                then 'occurred_at is impossible'
            when staged_events.event_type is null then 'event_type is missing'
        end as rejection_reason
    from staged_events
    cross join order_dates
    left join customers
        on staged_events.customer_id = customers.customer_id

),

numbered as (

    select
        *,
        {{ first_of_duplicates('events', ['event_id']) }} as duplicate_number
    from judged

),

checked_events as (

    select
        {{ contract('events').keys() | join(',\n        ') }},
        coalesce(rejection_reason, case when duplicate_number > 1 then 'duplicate event_id' end) as rejection_reason,
        dropped_values,
        {{ row_if_told() }} as source_row
    from numbered

)

select * from checked_events
