-- One row per customer with at least one purchase before as_of_date: what part of their shopping each category is.
-- Of the largest categories. Null for everybody in a shop that records none.
{%- set places = category_places() %}
with customer_purchases as (

    select * from {{ feature('customer_purchases') }}

),

customer_categories as (

    select * from {{ feature('customer_categories') }}

),

category_ranks as (

    select * from {{ feature('category_ranks') }}

),

recorded_categories as (

    select count(*) as category_count
    from category_ranks

),

shares as (

    select
        customer_categories.customer_id,
        {%- for place in places %}
        coalesce(max(case when category_ranks.category_rank = {{ place }} then customer_categories.share end), 0)
            as category_{{ place }}_share,
        {%- endfor %}
        sum(customer_categories.line_count) as category_line_count
    from customer_categories
    left join category_ranks
        on customer_categories.category = category_ranks.category
    group by customer_categories.customer_id

),

customer_taste as (

    select
        customer_purchases.customer_id,
        {%- for place in places %}
        case when recorded_categories.category_count >= {{ place }} then shares.category_{{ place }}_share end
            as category_{{ place }}_share,
        {%- endfor %}
        coalesce(cast(shares.category_line_count as bigint), 0) as category_line_count
    from customer_purchases
    cross join recorded_categories
    left join shares
        on customer_purchases.customer_id = shares.customer_id

)

select * from customer_taste
