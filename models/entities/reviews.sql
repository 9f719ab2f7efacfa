-- One row per review that keeps the contract.
with checked_reviews as (

    select * from {{ ref('checked_reviews') }}

),

reviews as (

    select
        {{ contract('reviews').keys() | join(',\n        ') }}
    from checked_reviews
    where rejection_reason is null

)

select * from reviews
