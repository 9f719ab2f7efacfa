-- One row per distinct redacted text, with the encoder, lexicon and languages of this build: what is embedded and told.
with review_texts as (

    select * from {{ ref('review_texts') }}

),

voice_versions as (

    select * from {{ ref('voice_versions') }}

),

texts as (

    select distinct
        text_id,
        text
    from review_texts

),

distinct_texts as (

    select
        texts.text_id,
        texts.text,
        voice_versions.encoder,
        voice_versions.lexicon_version,
        voice_versions.language_version
    from texts
    cross join voice_versions

)

select * from distinct_texts
