-- One row per customer and category bought, of the shop's largest categories: its share of the customer's shopping.
with customer_categories as (

    select * from {{ ref('customer_categories') }}

),

-- By money, where amounts are known; then by lines, then by name.
ranks as (

    select
        category,
        row_number() over (
            order by coalesce(sum(amount), 0) desc, sum(line_count) desc, category asc
        ) as category_rank
    from customer_categories
    group by category

),

customer_category_shares as (

    select
        customer_categories.customer_id,
        customer_categories.category,
        ranks.category_rank,
        customer_categories.share
    from customer_categories
    inner join ranks
        on customer_categories.category = ranks.category
    where ranks.category_rank <= {{ var('category_share_count') }}

)

select * from customer_category_shares
