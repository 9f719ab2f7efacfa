-- One row per customer and category with a purchase before as_of_date: its share of the customer's shopping.
with purchases as (

    select * from {{ feature('counted_orders') }}
    where order_kind = 'purchase'

),

order_lines as (

    select * from {{ ref('order_lines') }}
    where quantity > 0

),

products as (

    select * from {{ ref('products') }}
    where category is not null

),

categories as (

    select
        purchases.customer_id,
        products.category,
        count(*) as line_count,
        count(order_lines.line_amount) as known_line_count,
        sum(case when order_lines.line_amount > 0 then order_lines.line_amount else 0 end) as amount
    from purchases
    inner join order_lines
        on purchases.order_id = order_lines.order_id
    inner join products
        on order_lines.product_id = products.product_id
    group by purchases.customer_id, products.category

),

customers as (

    select
        customer_id,
        sum(line_count) as line_count,
        sum(known_line_count) = sum(line_count) and sum(amount) > 0 as is_amount_known,
        sum(amount) as amount
    from categories
    group by customer_id

),

-- Money tells more than the number of lines, but only where the amount of every line is known.
customer_categories as (

    select
        categories.customer_id,
        categories.category,
        categories.line_count,
        case when customers.is_amount_known then cast(categories.amount as decimal(18, 2)) end as amount,
        case
            when customers.is_amount_known then cast(categories.amount as double) / cast(customers.amount as double)
            else cast(categories.line_count as double) / cast(customers.line_count as double)
        end as share
    from categories
    inner join customers
        on categories.customer_id = customers.customer_id

)

select * from customer_categories
