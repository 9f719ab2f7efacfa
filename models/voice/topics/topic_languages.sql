-- One row per topic that has keywords: the language in which its label, keywords and quotes say what it is about.
with topic_terms as (

    select * from {{ ref('topic_terms') }}

),

texts_of_language as (

    select
        topic_key,
        language,
        max(texts) as texts
    from topic_terms
    group by
        topic_key,
        language

),

texts_of_topic as (

    select
        topic_key,
        sum(texts) as texts
    from texts_of_language
    group by topic_key

),

shop_languages as (

    select
        language,
        row_number() over (order by sum(texts) desc, language asc) as place
    from texts_of_language
    group by language

),

-- The shop's main language, where it has its share of the topic; else the one of most of the topic's texts.
ranked_languages as (

    select
        texts_of_language.topic_key,
        texts_of_language.language,
        row_number() over (
            partition by texts_of_language.topic_key
            order by
                case
                    when
                        shop_languages.place = 1
                        and texts_of_language.texts >= {{ var('topic_main_language_share') }} * texts_of_topic.texts
                        then 0
                    else 1
                end,
                texts_of_language.texts desc,
                texts_of_language.language asc
        ) as place
    from texts_of_language
    inner join shop_languages
        on texts_of_language.language = shop_languages.language
    inner join texts_of_topic
        on texts_of_language.topic_key = texts_of_topic.topic_key

),

topic_languages as (

    select
        topic_key,
        language
    from ranked_languages
    where place = 1

)

select * from topic_languages
