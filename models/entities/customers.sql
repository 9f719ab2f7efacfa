-- One row per customer: of the customers file, or, where there is none, of those that the other files name.
with checked_customers as (

    select * from {{ ref('checked_customers') }}

),

customers as (

    select
        customer_id,
        signed_up_at,
        birth_year,
        {{ redacted_label('gender') }} as gender,
        {{ redacted_label('country') }} as country,
        {{ redacted_label('region') }} as region,
        marketing_consent
    from checked_customers
    where rejection_reason is null

)

select * from customers
