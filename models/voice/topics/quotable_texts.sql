-- One row per topic and text that may be quoted, with a review of each: in the topic's language first, then short ones,
-- then the nearest to the topic's centre.
{%- set longest = var('topic_quote_characters') %}
{#- So many that enough are left when those that say the same are taken out. -#}
{%- set candidates = 50 * var('topic_quotes') %}
with texts_with_topics as (

    select * from {{ ref('texts_with_topics') }}
    where topic_key <> 'other'

),

topic_languages as (

    select * from {{ ref('topic_languages') }}

),

review_texts as (

    select * from {{ ref('review_texts') }}
    where reviewed_at is null
        or reviewed_at < {{ as_of_date() }}

),

texts_with_reviews as (

    select
        texts_with_topics.topic_key,
        texts_with_topics.text,
        texts_with_topics.nearness,
        coalesce(texts_with_topics.language = topic_languages.language, true) as is_in_topic_language,
        review_texts.review_id,
        review_texts.customer_id,
        row_number() over (partition by texts_with_topics.text_id order by review_texts.review_id) as place_with_text
    from texts_with_topics
    inner join review_texts
        on texts_with_topics.text_id = review_texts.text_id
    left join topic_languages
        on texts_with_topics.topic_key = topic_languages.topic_key

),

ranked_texts as (

    select
        *,
        row_number() over (
            partition by topic_key
            order by
                case when is_in_topic_language then 0 else 1 end,
                case when length(text) > {{ longest }} then 1 else 0 end,
                nearness desc,
                review_id
        ) as place
    from texts_with_reviews
    where place_with_text = 1

),

quotable_texts as (

    select
        topic_key,
        review_id,
        customer_id,
        text,
        is_in_topic_language,
        nearness
    from ranked_texts
    where place <= {{ candidates }}

)

select * from quotable_texts
