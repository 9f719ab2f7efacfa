-- One row: the day as of which the shop is described. What happens on that day or later is not counted.
{% set given = var('as_of_date', env_var('CUSTOMER_SEGMENTS_AS_OF', '')) -%}
-- depends_on: {{ ref('checked_orders') }}
with orders as (

    select * from {{ ref('orders') }}

),

as_of as (

    select
        coalesce(
            cast(nullif('{{ given }}', '') as date),
            {{ next_day('max(ordered_at)') }}
        ) as as_of_date
    from orders

)

select * from as_of
