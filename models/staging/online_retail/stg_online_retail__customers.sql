-- One row per customer that a line names: the country of most of their invoices, the first by name where several tie.
with invoice_lines as (

    select * from {{ ref('base_online_retail__invoice_lines') }}
    where source_error is null
        and customer_id is not null

),

countries as (

    select
        customer_id,
        country,
        count(distinct invoice_number) as invoices
    from invoice_lines
    group by customer_id, country

),

ranked as (

    select
        *,
        row_number() over (
            partition by customer_id
            order by case when country is null then 1 else 0 end asc, invoices desc, country asc
        ) as country_rank
    from countries

),

stg_online_retail__customers as (

    select
        customer_id,
        cast(null as timestamp) as signed_up_at,
        cast(null as integer) as birth_year,
        cast(null as varchar) as gender,
        country,
        cast(null as varchar) as region,
        cast(null as boolean) as marketing_consent,
        cast(null as varchar) as unreadable,
        cast(null as varchar) as dropped_values,
        {{ as_json('ranked') }} as source_row
    from ranked
    where country_rank = 1

)

select * from stg_online_retail__customers
