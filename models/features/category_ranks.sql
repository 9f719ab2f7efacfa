-- One row per category among the shop's largest: its place.
with customer_categories as (

    select * from {{ feature('customer_categories') }}

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

category_ranks as (

    select
        category,
        category_rank
    from ranks
    where category_rank <= {{ var('category_share_count') }}

)

select * from category_ranks
