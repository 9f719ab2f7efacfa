-- One row per review that has text left after redaction.
with reviews as (

    select * from {{ ref('reviews') }}

),

redacted_documents as (

    select * from {{ ref('redacted_documents') }}

),

hashed_reviews as (

    select
        review_id,
        customer_id,
        product_id,
        rating,
        reviewed_at,
        {{ text_hash(review_document('title', 'body')) }} as document_id
    from reviews

),

review_texts as (

    select
        hashed_reviews.review_id,
        hashed_reviews.customer_id,
        hashed_reviews.product_id,
        redacted_documents.text_id,
        redacted_documents.text,
        hashed_reviews.rating,
        hashed_reviews.reviewed_at
    from hashed_reviews
    inner join redacted_documents
        on hashed_reviews.document_id = redacted_documents.document_id
    where redacted_documents.text_id is not null

)

select * from review_texts
