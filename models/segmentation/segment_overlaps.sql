-- One row per segment of the last published build and segment of this one that share a customer.
with published_customers as (

    select * from {{ source('published', 'published_customers') }}

),

customer_clusters as (

    select * from {{ ref('customer_clusters') }}
    where segment_key is not null

),

pairs as (

    select
        published_customers.segment_key as published_key,
        customer_clusters.segment_key,
        count(*) as customers
    from published_customers
    inner join customer_clusters
        on published_customers.customer_id = customer_clusters.customer_id
    group by published_customers.segment_key, customer_clusters.segment_key

),

segment_overlaps as (

    select
        published_key,
        segment_key,
        customers,
        cast(customers as double) / sum(customers) over (partition by published_key) as share_of_published,
        cast(customers as double) / sum(customers) over (partition by segment_key) as share_of_segment
    from pairs

)

select * from segment_overlaps
