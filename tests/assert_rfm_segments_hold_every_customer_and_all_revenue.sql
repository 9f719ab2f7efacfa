-- The mart and its customers, where they differ in number or money.
with segments as (

    select
        sum(customers) as customers,
        sum(revenue) as revenue
    from {{ ref('rfm_segments') }}

),

customers as (

    select
        count(*) as customers,
        sum(monetary) as revenue
    from {{ ref('customer_rfm') }}

)

select
    segments.customers as customers_in_segments,
    customers.customers,
    segments.revenue as revenue_in_segments,
    customers.revenue
from segments
cross join customers
where
    segments.customers <> customers.customers
    or coalesce(segments.revenue, 0) <> coalesce(customers.revenue, 0)
