-- One row per person, with the state of most of their orders (of several, the first by name), and one per row that
-- names no person.
with source as (

    select * from {{ source('olist', 'customers') }}

),

typed as (

    select
        {{ as_text('customer_unique_id') }} as customer_id,
        {{ as_text('customer_state') }} as region,
        source_error as unreadable,
        {{ source_row('source') }} as source_row
    from source

),

states as (

    select
        customer_id,
        region,
        count(*) as orders
    from typed
    where unreadable is null
        and customer_id is not null
    group by customer_id, region

),

ranked as (

    select
        *,
        row_number() over (
            partition by customer_id
            order by case when region is null then 1 else 0 end asc, orders desc, region asc
        ) as state_rank
    from states

),

persons as (

    select
        customer_id,
        region,
        cast(null as varchar) as unreadable,
        {{ as_json('ranked') }} as source_row
    from ranked
    where state_rank = 1
    union all
    select
        customer_id,
        region,
        coalesce(unreadable, 'customer_unique_id is missing') as unreadable,
        source_row
    from typed
    where unreadable is not null
        or customer_id is null

),

stg_olist__customers as (

    select
        customer_id,
        cast(null as timestamp) as signed_up_at,
        cast(null as integer) as birth_year,
        cast(null as varchar) as gender,
        'BR' as country,
        region,
        cast(null as boolean) as marketing_consent,
        unreadable,
        cast(null as varchar) as dropped_values,
        source_row
    from persons

)

select * from stg_olist__customers
