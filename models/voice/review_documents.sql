-- One row per distinct raw review text, title and body together. Holds personal data: only redaction reads it.
with reviews as (

    select * from {{ ref('reviews') }}

),

voice_versions as (

    select * from {{ ref('voice_versions') }}

),

raw_documents as (

    select distinct {{ review_document('title', 'body') }} as raw_text
    from reviews

),

review_documents as (

    select
        {{ text_hash('raw_documents.raw_text') }} as document_id,
        raw_documents.raw_text,
        voice_versions.redaction_version
    from raw_documents
    cross join voice_versions
    where raw_documents.raw_text is not null

)

select * from review_documents
