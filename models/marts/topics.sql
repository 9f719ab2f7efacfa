-- One row per topic, and one for what fits none: what customers write about, how much of it, and how content they are.
with review_topics as (

    select * from {{ ref('review_topics') }}

),

review_texts as (

    select * from {{ ref('review_texts') }}
    where reviewed_at is null
        or reviewed_at < {{ as_of_date() }}

),

review_sentiment as (

    select * from {{ ref('review_sentiment') }}

),

topic_labels as (

    select * from {{ ref('topic_labels') }}

),

topic_terms as (

    select * from {{ ref('topic_terms') }}
    where kind = 'word'

),

topic_languages as (

    select * from {{ ref('topic_languages') }}

),

topic_quotes as (

    select * from {{ ref('topic_quotes') }}

),

heard_reviews as (

    select
        review_topics.topic_key,
        review_texts.customer_id,
        review_texts.rating,
        review_texts.reviewed_at,
        review_topics.nearness,
        review_sentiment.sentiment
    from review_texts
    inner join review_topics
        on review_texts.review_id = review_topics.review_id
    left join review_sentiment
        on review_texts.review_id = review_sentiment.review_id

),

shop as (

    select count(*) as review_count
    from heard_reviews

),

figures as (

    select
        topic_key,
        count(*) as review_count,
        count(distinct customer_id) as customers,
        {{ exact_average('sentiment') }} as average_sentiment,
        {{ exact_average('rating') }} as average_rating,
        {{ exact_average('nearness') }} as average_nearness,
        cast(min(reviewed_at) as date) as first_reviewed_on,
        cast(max(reviewed_at) as date) as last_reviewed_on
    from heard_reviews
    group by topic_key

),

keywords as (

    select
        topic_terms.topic_key,
        topic_terms.language,
        {{ joined_text('topic_terms.keyword', 'topic_terms.place') }} as keywords
    from topic_terms
    inner join topic_languages
        on
            topic_terms.topic_key = topic_languages.topic_key
            and topic_terms.language = topic_languages.language
    group by topic_terms.topic_key, topic_terms.language

),

quotes as (

    select
        topic_key,
        max(case when place = 1 then quote end) as quote_1,
        max(case when place = 2 then quote end) as quote_2,
        max(case when place = 3 then quote end) as quote_3,
        {{ joined_text('review_id', 'place') }} as quoted_review_ids
    from topic_quotes
    group by topic_key

),

topics as (

    select
        figures.topic_key,
        coalesce(topic_labels.label, 'Other') as label,
        coalesce(topic_labels.label_source, 'template') as label_source,
        keywords.language,
        keywords.keywords,
        quotes.quote_1,
        quotes.quote_2,
        quotes.quote_3,
        quotes.quoted_review_ids,
        figures.review_count,
        round(cast(figures.review_count as double) / shop.review_count, 6) as review_share,
        figures.customers,
        round(figures.average_sentiment, 4) as average_sentiment,
        round(figures.average_rating, 4) as average_rating,
        round(figures.average_nearness, 4) as average_nearness,
        figures.first_reviewed_on,
        figures.last_reviewed_on
    from figures
    cross join shop
    left join topic_labels
        on figures.topic_key = topic_labels.topic_key
    left join keywords
        on figures.topic_key = keywords.topic_key
    left join quotes
        on figures.topic_key = quotes.topic_key

)

select * from topics
