-- One row per customer with at least one purchase before as_of_date: how they buy, return, cancel and browse.
-- What the shop never records (discounts, lines, categories, views, ...) is null for everybody.
with customer_purchases as (

    select * from {{ feature('customer_purchases') }}

),

counted_orders as (

    select * from {{ feature('counted_orders') }}

),

order_lines as (

    select * from {{ ref('order_lines') }}
    where quantity > 0

),

customer_categories as (

    select * from {{ feature('customer_categories') }}

),

events as (

    select * from {{ ref('events') }}
    where occurred_at < {{ as_of_date() }}

),

purchase_figures as (

    select
        customer_id,
        {{ exact_average('net_amount') }} as average_order_value,
        coalesce(sum(net_amount), 0) as amount,
        coalesce(sum(discount_amount) filter (where net_amount is not null), 0) as discounts
    from counted_orders
    where order_kind = 'purchase'
    group by customer_id

),

order_figures as (

    select
        customer_id,
        count(*) as orders,
        count(*) filter (where order_kind = 'cancelled') as cancelled_orders,
        count(*) filter (where order_kind <> 'cancelled') as fulfilled_orders,
        count(*) filter (where order_kind <> 'cancelled' and has_return) as orders_with_return
    from counted_orders
    group by customer_id

),

-- Quantities are summed as decimals: sums of doubles would depend on the order of rows.
item_figures as (

    select
        counted_orders.customer_id,
        cast(sum(cast(order_lines.quantity as decimal(24, 6))) as double)
        / count(distinct counted_orders.order_id) as items_per_order
    from counted_orders
    inner join order_lines
        on counted_orders.order_id = order_lines.order_id
    where counted_orders.order_kind = 'purchase'
    group by counted_orders.customer_id

),

-- The Herfindahl index: 1 when everything is of one category, 1/n when n categories have equal shares.
category_figures as (

    select
        customer_id,
        count(*) as category_count,
        cast(sum(cast(share * share as decimal(24, 12))) as double) as category_concentration
    from customer_categories
    group by customer_id

),

category_order as (

    select
        customer_id,
        category,
        row_number() over (
            partition by customer_id
            order by share desc, line_count desc, category asc
        ) as category_position
    from customer_categories

),

event_figures as (

    select
        customer_id,
        count(*) filter (where event_type = 'view') as view_count,
        count(*) filter (where event_type = 'cart') as cart_count,
        count(*) filter (where event_type = 'support') as support_count
    from events
    group by customer_id

),

recorded_orders as (

    select count(discount_amount) > 0 as has_discounts
    from counted_orders

),

recorded_categories as (

    select count(*) > 0 as has_categories
    from customer_categories

),

recorded_events as (

    select
        count(*) filter (where event_type = 'view') > 0 as has_views,
        count(*) filter (where event_type = 'cart') > 0 as has_carts,
        count(*) filter (where event_type = 'support') > 0 as has_support
    from events

),

customer_behaviour as (

    select
        customer_purchases.customer_id,
        purchase_figures.average_order_value,
        cast(
            {{ days_between('customer_purchases.first_ordered_at', 'customer_purchases.last_ordered_at') }} as double
        ) / nullif(customer_purchases.frequency - 1, 0) as days_between_orders,
        {{ days_between('customer_purchases.first_ordered_at', as_of_date()) }} as tenure_days,
        case
            when recorded_orders.has_discounts
                then cast(purchase_figures.discounts as double)
                    / nullif(cast(purchase_figures.amount + purchase_figures.discounts as double), 0)
        end as discount_rate,
        order_figures.orders as order_count,
        order_figures.fulfilled_orders as fulfilled_order_count,
        cast(order_figures.orders_with_return as double) / order_figures.fulfilled_orders as return_rate,
        cast(order_figures.cancelled_orders as double) / order_figures.orders as cancellation_rate,
        item_figures.items_per_order,
        case
            when recorded_categories.has_categories then coalesce(category_figures.category_count, 0)
        end as category_count,
        category_figures.category_concentration,
        category_order.category as top_category,
        case when recorded_events.has_views then coalesce(event_figures.view_count, 0) end as view_count,
        case when recorded_events.has_carts then coalesce(event_figures.cart_count, 0) end as cart_count,
        case when recorded_events.has_support then coalesce(event_figures.support_count, 0) end as support_count,
        case
            when recorded_events.has_views
                then cast(coalesce(event_figures.view_count, 0) as double) / customer_purchases.frequency
        end as views_per_order
    from customer_purchases
    inner join purchase_figures
        on customer_purchases.customer_id = purchase_figures.customer_id
    inner join order_figures
        on customer_purchases.customer_id = order_figures.customer_id
    left join item_figures
        on customer_purchases.customer_id = item_figures.customer_id
    left join category_figures
        on customer_purchases.customer_id = category_figures.customer_id
    left join category_order
        on
            customer_purchases.customer_id = category_order.customer_id
            and category_order.category_position = 1
    left join event_figures
        on customer_purchases.customer_id = event_figures.customer_id
    cross join recorded_orders
    cross join recorded_categories
    cross join recorded_events

)

select * from customer_behaviour
