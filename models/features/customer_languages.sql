-- One row per customer whose reviews before as_of_date have a language that could be told: the one they write most in.
with review_texts as (

    select * from {{ ref('review_texts') }}
    where reviewed_at is null
        or reviewed_at < {{ as_of_date() }}

),

review_language as (

    select * from {{ ref('review_language') }}
    where language <> 'und'

),

language_counts as (

    select
        review_texts.customer_id,
        review_language.language,
        count(*) as review_count
    from review_texts
    inner join review_language
        on review_texts.text_id = review_language.text_id
    group by review_texts.customer_id, review_language.language

),

ranked_languages as (

    select
        *,
        row_number() over (partition by customer_id order by review_count desc, language asc) as place
    from language_counts

),

customer_languages as (

    select
        ranked_languages.customer_id,
        ranked_languages.language as review_language,
        language_names.language_name as review_language_name
    from ranked_languages
    inner join {{ ref('language_names') }} as language_names
        on ranked_languages.language = language_names.language
    where ranked_languages.place = 1

)

select * from customer_languages
