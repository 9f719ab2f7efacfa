-- One row per row of the customers file. A detail that can't be read is left out; the customer stays.
with source as (

    select * from {{ source('shop', 'customers') }}

),

stg_shop__customers as (

    select
        {{ as_text('customer_id') }} as customer_id,
        {{ as_timestamp('signed_up_at') }} as signed_up_at,
        {{ as_integer('birth_year') }} as birth_year,
        {{ as_text('gender') }} as gender,
        {{ as_text('country') }} as country,
        {{ as_text('region') }} as region,
        {{ as_boolean('marketing_consent') }} as marketing_consent,
        source_error as unreadable,
        {{ cannot_be_read({
            'signed_up_at': as_timestamp('signed_up_at'),
            'birth_year': as_integer('birth_year'),
            'marketing_consent': as_boolean('marketing_consent'),
        }, include_line=false) }} as dropped_values,
        {{ source_row('source') }} as source_row
    from source

)

select * from stg_shop__customers
