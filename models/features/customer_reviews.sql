-- One row per customer with at least one purchase before as_of_date: what the customer's reviews say, in figures.
with customer_purchases as (

    select * from {{ feature('customer_purchases') }}

),

-- An undated review counts, but not before a cut: it may have been written after it.
reviews as (

    select * from {{ ref('reviews') }}
    where coalesce(reviewed_at < {{ as_of_date() }}, {{ 'false' if is_before_cut() else 'true' }})

),

review_texts as (

    select * from {{ ref('review_texts') }}

),

text_meaning as (

    select * from {{ ref('text_meaning') }}

),

review_sentiment as (

    select * from {{ ref('review_sentiment') }}

),

heard_reviews as (

    select
        reviews.review_id,
        reviews.customer_id,
        reviews.reviewed_at,
        reviews.rating,
        review_texts.review_id is not null as has_text,
        {%- for axis in range(1, 11) %}
        text_meaning.meaning_{{ axis }},
        {%- endfor %}
        review_sentiment.sentiment
    from reviews
    left join review_texts
        on reviews.review_id = review_texts.review_id
    left join text_meaning
        on review_texts.text_id = text_meaning.text_id
    left join review_sentiment
        on reviews.review_id = review_sentiment.review_id

),

review_figures as (

    select
        customer_id,
        count(*) as review_count,
        count(rating) as rated_review_count,
        {{ exact_average('rating') }} as average_rating,
        min(rating) as lowest_rating,
        {{ exact_average('sentiment') }} as average_sentiment,
        cast(count(*) filter (where sentiment < 0) as double) / nullif(count(sentiment), 0) as negative_review_share,
        cast(count(*) filter (where has_text) as double) / count(*) as text_share,
        {%- for axis in range(1, 11) %}
        {{ exact_average('meaning_' ~ axis) }} as meaning_{{ axis }},
        {%- endfor %}
        max(reviewed_at) as last_reviewed_at
    from heard_reviews
    group by customer_id

),

-- Only reviews with a date have a place in the order of time.
dated_reviews as (

    select
        customer_id,
        sentiment,
        row_number() over (partition by customer_id order by reviewed_at, review_id) as place,
        row_number() over (partition by customer_id order by reviewed_at desc, review_id desc) as place_from_last,
        count(*) over (partition by customer_id) as review_count
    from heard_reviews
    where
        reviewed_at is not null
        and sentiment is not null

),

-- The later half of the reviews less the earlier one; with an odd number the middle review is in neither.
sentiment_figures as (

    select
        customer_id,
        max(case when place_from_last = 1 then sentiment end) as last_sentiment,
        {{ exact_average('case when 2 * place_from_last <= review_count then sentiment end') }}
        - {{ exact_average('case when 2 * place <= review_count then sentiment end') }} as sentiment_trend
    from dated_reviews
    group by customer_id

),

customer_reviews as (

    select
        customer_purchases.customer_id,
        coalesce(review_figures.review_count, 0) as review_count,
        coalesce(review_figures.rated_review_count, 0) as rated_review_count,
        review_figures.average_rating,
        review_figures.lowest_rating,
        review_figures.average_sentiment,
        sentiment_figures.sentiment_trend,
        sentiment_figures.last_sentiment,
        review_figures.negative_review_share,
        review_figures.text_share,
        {%- for axis in range(1, 11) %}
        review_figures.meaning_{{ axis }},
        {%- endfor %}
        review_figures.last_reviewed_at
    from customer_purchases
    left join review_figures
        on customer_purchases.customer_id = review_figures.customer_id
    left join sentiment_figures
        on customer_purchases.customer_id = sentiment_figures.customer_id

)

select * from customer_reviews
