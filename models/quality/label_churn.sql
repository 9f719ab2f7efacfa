-- One row: how many customers the last published build's segments had, how many of them the shop still has, and how
-- many of these are in another segment now, or in none.
with customers as (

    select * from {{ ref('customers') }}

),

customer_clusters as (

    select * from {{ ref('customer_clusters') }}

),

published_customers as (

    select * from {{ source('published', 'published_customers') }}

),

label_churn as (

    select
        count(*) as customers_published,
        count(customers.customer_id) as customers_in_both,
        count(customers.customer_id) filter (
            where customer_clusters.segment_key is distinct from published_customers.segment_key
        ) as customers_moved
    from published_customers
    left join customers
        on published_customers.customer_id = customers.customer_id
    left join customer_clusters
        on published_customers.customer_id = customer_clusters.customer_id

)

select * from label_churn
