-- One row per review and aspect that it speaks of: the sentiment towards it.
with review_texts as (

    select * from {{ ref('review_texts') }}

),

review_clauses as (

    select * from {{ ref('review_clauses') }}

),

clause_aspects as (

    select * from {{ ref('clause_aspects') }}
    where aspect is not null

),

review_aspects as (

    select
        review_texts.review_id,
        clause_aspects.aspect,
        round({{ exact_average('clause_aspects.sentiment') }}, 6) as sentiment,
        count(*) as clause_count
    from review_texts
    inner join review_clauses
        on review_texts.text_id = review_clauses.text_id
    inner join clause_aspects
        on
            review_clauses.clause_id = clause_aspects.clause_id
            and review_clauses.language = clause_aspects.language
    group by
        review_texts.review_id,
        clause_aspects.aspect

)

select * from review_aspects
