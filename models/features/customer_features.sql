-- One row per customer with at least one purchase before as_of_date: everything known about the customer, side by side.
-- Segmentation and description read this one relation.
with customer_rfm as (

    select * from {{ feature('customer_rfm') }}

),

customer_behaviour as (

    select * from {{ feature('customer_behaviour') }}

),

customer_reviews as (

    select * from {{ feature('customer_reviews') }}

),

customer_taste as (

    select * from {{ feature('customer_taste') }}

),

customers as (

    select * from {{ ref('customers') }}

),

customer_features as (

    select
        customer_rfm.customer_id,
        customer_rfm.recency_days,
        customer_rfm.frequency,
        customer_rfm.monetary,
        customer_rfm.first_ordered_at,
        customer_rfm.last_ordered_at,
        customer_rfm.r_score,
        customer_rfm.f_score,
        customer_rfm.m_score,
        customer_rfm.rfm_segment,
        customer_behaviour.average_order_value,
        customer_behaviour.days_between_orders,
        customer_behaviour.tenure_days,
        customer_behaviour.discount_rate,
        customer_behaviour.order_count,
        customer_behaviour.fulfilled_order_count,
        customer_behaviour.return_rate,
        customer_behaviour.cancellation_rate,
        customer_behaviour.items_per_order,
        customer_behaviour.category_count,
        customer_behaviour.category_concentration,
        customer_behaviour.top_category,
        {%- for place in category_places() %}
        customer_taste.category_{{ place }}_share,
        {%- endfor %}
        customer_taste.category_line_count,
        customer_behaviour.view_count,
        customer_behaviour.cart_count,
        customer_behaviour.support_count,
        customer_behaviour.views_per_order,
        customer_reviews.review_count,
        customer_reviews.rated_review_count,
        customer_reviews.average_rating,
        customer_reviews.lowest_rating,
        customer_reviews.average_sentiment,
        customer_reviews.sentiment_trend,
        customer_reviews.last_sentiment,
        customer_reviews.negative_review_share,
        customer_reviews.text_share,
        {%- for axis in range(1, 11) %}
        customer_reviews.meaning_{{ axis }},
        {%- endfor %}
        customer_reviews.last_reviewed_at,
        customers.country,
        customers.region,
        customers.birth_year,
        customers.gender,
        customers.marketing_consent
    from customer_rfm
    inner join customer_behaviour
        on customer_rfm.customer_id = customer_behaviour.customer_id
    inner join customer_reviews
        on customer_rfm.customer_id = customer_reviews.customer_id
    inner join customer_taste
        on customer_rfm.customer_id = customer_taste.customer_id
    inner join customers
        on customer_rfm.customer_id = customers.customer_id

)

select * from customer_features
