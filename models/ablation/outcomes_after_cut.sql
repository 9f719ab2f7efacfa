-- One row per customer with a purchase before the cut: what the customer did from the cut to as_of_date.
with customer_purchases_before_cut as (

    select * from {{ ref('customer_purchases_before_cut') }}

),

cut as (

    select * from {{ ref('cut') }}

),

orders_after_cut as (

    select counted_orders.*
    from {{ ref('counted_orders') }} as counted_orders
    inner join cut
        on counted_orders.ordered_at >= cut.cut_date

),

reviews_after_cut as (

    select reviews.*
    from {{ ref('reviews') }} as reviews
    inner join cut
        on
            reviews.reviewed_at >= cut.cut_date
            and reviews.reviewed_at < cut.as_of_date
    where reviews.rating is not null

),

-- A refund reduces what was spent, perhaps on something bought before the cut; nobody spends less than nothing.
spending as (

    select
        customer_id,
        count(*) filter (where order_kind = 'purchase') > 0 as bought_again,
        sum(net_amount) filter (where order_kind in ('purchase', 'refund')) as known_spend
    from orders_after_cut
    group by customer_id

),

recorded_amounts as (

    select count(net_amount) > 0 as has_amounts
    from orders_after_cut

),

first_ratings as (

    select
        customer_id,
        rating,
        row_number() over (partition by customer_id order by reviewed_at, review_id) as place
    from reviews_after_cut

),

-- Who bought nothing spent nothing, where amounts are recorded; who bought for unknown amounts spent nobody knows what.
outcomes_after_cut as (

    select
        customer_purchases_before_cut.customer_id,
        coalesce(spending.bought_again, false) as bought_again,
        cast(
            case
                when not recorded_amounts.has_amounts then null
                when not coalesce(spending.bought_again, false) or spending.known_spend < 0 then 0
                else spending.known_spend
            end as decimal(18, 2)
        ) as spend,
        first_ratings.rating as next_rating
    from customer_purchases_before_cut
    cross join recorded_amounts
    left join spending
        on customer_purchases_before_cut.customer_id = spending.customer_id
    left join first_ratings
        on
            customer_purchases_before_cut.customer_id = first_ratings.customer_id
            and first_ratings.place = 1

)

select * from outcomes_after_cut
