-- One row: how many customers of the last published build's segments are in one now, and how many of them in another.
with customer_clusters as (

    select * from {{ ref('customer_clusters') }}

),

published_customers as (

    select * from {{ source('published', 'customers') }}

),

label_churn as (

    select
        count(*) as customers_in_both,
        count(*) filter (where customer_clusters.segment_key <> published_customers.segment_key) as customers_moved
    from customer_clusters
    inner join published_customers
        on customer_clusters.customer_id = published_customers.customer_id

)

select * from label_churn
