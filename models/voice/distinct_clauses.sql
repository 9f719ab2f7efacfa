-- One row per distinct clause and language it stands in: what is encoded and read for aspects, each once.
with review_clauses as (

    select * from {{ ref('review_clauses') }}

),

aspect_version as (

    select * from {{ ref('aspect_version') }}

),

clauses as (

    select distinct
        clause_id,
        clause,
        language
    from review_clauses

),

distinct_clauses as (

    select
        clauses.clause_id,
        clauses.clause,
        clauses.language,
        aspect_version.aspects_version
    from clauses
    cross join aspect_version

)

select * from distinct_clauses
