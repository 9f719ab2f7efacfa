-- One row per distinct raw review text, title and body together: what is redacted. Holds personal data, nothing else reads it.
with reviews as (

    select * from {{ ref('reviews') }}

),

voice_versions as (

    select * from {{ ref('voice_versions') }}

),

raw_documents as (

    select distinct {{ review_document('title', 'body') }} as document
    from reviews

),

review_documents as (

    select
        {{ text_hash('raw_documents.document') }} as document_id,
        raw_documents.document,
        voice_versions.redaction_version
    from raw_documents
    cross join voice_versions
    where raw_documents.document is not null

)

select * from review_documents
