-- One row per staged customer, with the reason why it is rejected (null: it is accepted).
with staged_customers as (

    select * from {{ staged('customers') }}

),

staged_orders as (

    select * from {{ staged('orders') }}

),

staged_reviews as (

    select * from {{ staged('reviews') }}

),

staged_events as (

    select * from {{ staged('events') }}

),

named_elsewhere as (

    select customer_id from staged_orders
    where unreadable is null
    union
    select customer_id from staged_reviews
    where unreadable is null
    union
    select customer_id from staged_events
    where unreadable is null

),

-- A shop without a customers file has the customers that its other files name.
all_customers as (

    select * from staged_customers
    union all
    select
        customer_id,
        {%- for column, type in contract('customers').items() if column != 'customer_id' %}
        cast(null as {{ type }}) as {{ column }},
        {%- endfor %}
        cast(null as varchar) as unreadable,
        cast(null as varchar) as dropped_values,
        cast(null as varchar) as source_row
    from named_elsewhere
    where customer_id is not null
        and not exists (select 1 from staged_customers)

),

judged as (

    select
        *,
        case
            when unreadable is not null then unreadable
            when customer_id is null then 'customer_id is missing'
        end as rejection_reason
    from all_customers

),

numbered as (

    select
        *,
        {{ first_of_duplicates('customers', ['customer_id']) }} as duplicate_number
    from judged

),

checked_customers as (

    select
        {{ contract('customers').keys() | join(',\n        ') }},
        coalesce(
            rejection_reason,
            case when duplicate_number > 1 then 'duplicate customer_id' end
        ) as rejection_reason,
        dropped_values,
        {{ row_if_told() }} as source_row
    from numbered

)

select * from checked_customers
