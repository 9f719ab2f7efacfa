-- One row per review, typed, with the key that its review and its purchase have in common.
with source as (

    select * from {{ source('amazon_reviews', 'reviews') }}

),

typed as (

    select
        {{ as_text('reviewer_id') }} as reviewer_id,
        {{ as_text('asin') }} as asin,
        coalesce({{ as_text('parent_asin') }}, {{ as_text('asin') }}) as product_id,
        {{ as_key('unix_review_time') }} as unix_review_time,
        {{ as_moment('unix_review_time') }} as reviewed_at,
        {{ as_number('overall') }} as rating,
        {{ as_text('summary') }} as title,
        {{ as_text('review_text') }} as body,
        source_error,
        {{ cannot_be_read({'unix_review_time': as_moment('unix_review_time')}) }} as unreadable_time,
        {{ cannot_be_read({
            'unix_review_time': as_moment('unix_review_time'),
            'overall': as_number('overall'),
        }, show_value=false) }} as unreadable,
        {{ source_row('source') }} as source_row
    from source

),

numbered as (

    select
        *,
        min(reviewed_at) over (partition by reviewer_id, asin) as first_reviewed_at
    from typed

),

base_amazon_reviews__reviews as (

    select
        *,
        -- The first one keeps the plain key, so that a review written later changes no key.
        case
            when reviewed_at > first_reviewed_at then reviewer_id || '-' || asin || '-' || unix_review_time
            else reviewer_id || '-' || asin
        end as review_id
    from numbered

)

select * from base_amazon_reviews__reviews
