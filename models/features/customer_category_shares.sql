-- One row per customer and category bought, of the shop's largest categories: its share of the customer's shopping.
with customer_categories as (

    select * from {{ ref('customer_categories') }}

),

category_ranks as (

    select * from {{ ref('category_ranks') }}

),

customer_category_shares as (

    select
        customer_categories.customer_id,
        customer_categories.category,
        category_ranks.category_rank,
        customer_categories.share
    from customer_categories
    inner join category_ranks
        on customer_categories.category = category_ranks.category

)

select * from customer_category_shares
