-- One row: which build this is. Data, code, vars and day tell two builds apart; the clock doesn't.
with entity_fingerprints as (

    select * from {{ ref('entity_fingerprints') }}

),

code_version as (

    select * from {{ ref('code_version') }}

),

data_fingerprint as (

    select
        {{ text_hash(joined_text("entity || ' ' || cast(row_count as varchar) || ' ' || content_hash", 'entity')) }}
            as data_fingerprint
    from entity_fingerprints

),

this_build as (

    select
        left(data_fingerprint.data_fingerprint, 16) as data_fingerprint,
        code_version.code_version,
        '{{ told_vars() | replace("'", "''") }}' as vars,
        {{ as_of_date() }} as as_of_date
    from data_fingerprint
    cross join code_version

),

last_published as (

    select distinct
        build_number,
        data_fingerprint,
        code_version,
        vars,
        as_of_date
    from {{ source('published', 'quality') }}
    where build_number = (select max(build_number) from {{ source('published', 'quality') }})

),

-- Built again, a build is the same build, with the same number.
build_identity as (

    select
        this_build.data_fingerprint,
        this_build.code_version,
        this_build.vars,
        this_build.as_of_date,
        same_build.build_number is not null as is_rebuild,
        cast(
            coalesce(same_build.build_number, (select max(build_number) from last_published) + 1, 1) as integer
        ) as build_number
    from this_build
    left join last_published as same_build
        on
            this_build.data_fingerprint = same_build.data_fingerprint
            and this_build.code_version = same_build.code_version
            and this_build.vars = same_build.vars
            and this_build.as_of_date = same_build.as_of_date

)

select * from build_identity
