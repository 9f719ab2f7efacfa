-- One row per staged review, with the reason why it is rejected (null: it is accepted).
with staged_reviews as (

    select * from {{ staged('reviews') }}

),

customers as (

    select * from {{ ref('customers') }}

),

order_dates as (

    select {{ typical_latest('ordered_at') }} as typical_latest
    from {{ ref('orders') }}

),

judged as (

    select
        staged_reviews.*,
        case
            when staged_reviews.unreadable is not null then staged_reviews.unreadable
            when staged_reviews.review_id is null then 'review_id is missing'
            when staged_reviews.customer_id is null then 'customer_id is missing: a guest review'
            when customers.customer_id is null then 'unknown customer_id'
            when staged_reviews.rating < 1 or staged_reviews.rating > 5 then 'rating is not between 1 and 5'
            when {{ impossible_date('staged_reviews.reviewed_at', 'order_dates.typical_latest') }}
                then 'reviewed_at is impossible'
        end as rejection_reason
    from staged_reviews
    cross join order_dates
    left join customers
        on staged_reviews.customer_id = customers.customer_id

),

numbered as (

    select
        *,
        {{ first_of_duplicates('reviews', ['review_id']) }} as duplicate_number
    from judged

),

checked_reviews as (

    select
        {{ contract('reviews').keys() | join(',\n        ') }},
        coalesce(rejection_reason, case when duplicate_number > 1 then 'duplicate review_id' end) as rejection_reason,
        dropped_values,
        {{ row_if_told() }} as source_row
    from numbered

)

select * from checked_reviews
