-- One row per segment key there ever was: where the segment came from, whether it lives, and what became of it.
with published_segments as (

    select * from {{ source('published', 'segments') }}

),

segment_centroids as (

    select * from {{ ref('segment_centroids') }}

),

segment_descriptions as (

    select * from {{ ref('segment_descriptions') }}

),

segment_overlaps as (

    select * from {{ ref('segment_overlaps') }}

),

living_segments as (

    select
        segment_centroids.segment_key,
        segment_descriptions.segment_name
    from segment_centroids
    inner join segment_descriptions
        on segment_centroids.segment_key = segment_descriptions.segment_key

),

-- Segments to which a good part of a published segment's customers went, so far as they are still there.
successors as (

    select
        published_key,
        count(*) as successor_count,
        {{ joined_text('segment_key', 'segment_key') }} as successor_keys
    from segment_overlaps
    where share_of_published >= {{ var('segment_lineage_share') }}
    group by published_key

),

-- Published segments from which a good part of a segment's customers come, so far as they are not new to the shop.
parents as (

    select
        segment_overlaps.segment_key,
        count(*) as parent_count,
        max(case when living_segments.segment_key is not null then 1 else 0 end) = 1 as a_parent_lives,
        max(successors.successor_count) > 1 as a_parent_went_several_ways,
        {{ joined_text('segment_overlaps.published_key', 'segment_overlaps.published_key') }} as parent_keys
    from segment_overlaps
    left join living_segments
        on segment_overlaps.published_key = living_segments.segment_key
    left join successors
        on segment_overlaps.published_key = successors.published_key
    where segment_overlaps.share_of_segment >= {{ var('segment_lineage_share') }}
    group by segment_overlaps.segment_key

),

segments_of_today as (

    select
        living_segments.segment_key,
        living_segments.segment_name,
        false as is_retired,
        case
            when published_segments.origin is not null then published_segments.origin
            when published_segments.segment_key is not null or parents.segment_key is null then 'new'
            when parents.parent_count > 1 then 'merged'
            when parents.a_parent_lives or parents.a_parent_went_several_ways then 'split'
            else 'changed'
        end as origin,
        case
            when published_segments.segment_key is not null then published_segments.parent_keys
            else parents.parent_keys
        end as parent_keys,
        coalesce(published_segments.first_as_of_date, {{ as_of_date() }}) as first_as_of_date,
        cast(null as varchar) as fate,
        cast(null as varchar) as successor_keys,
        cast(null as date) as retired_as_of_date
    from living_segments
    left join published_segments
        on living_segments.segment_key = published_segments.segment_key
    left join parents
        on living_segments.segment_key = parents.segment_key

),

segments_of_the_past as (

    select
        published_segments.segment_key,
        published_segments.segment_name,
        true as is_retired,
        coalesce(published_segments.origin, 'new') as origin,
        published_segments.parent_keys,
        published_segments.first_as_of_date,
        case
            when published_segments.retired then published_segments.fate
            when successors.published_key is null then 'dissolved'
            when successors.successor_count > 1 then 'split'
            else 'merged'
        end as fate,
        case
            when published_segments.retired then published_segments.successor_keys
            else successors.successor_keys
        end as successor_keys,
        case
            when published_segments.retired then published_segments.retired_as_of_date
            else {{ as_of_date() }}
        end as retired_as_of_date
    from published_segments
    left join successors
        on published_segments.segment_key = successors.published_key
    where published_segments.segment_key not in (select living_segments.segment_key from living_segments)

),

segment_lineage as (

    select * from segments_of_today
    union all
    select * from segments_of_the_past

)

select * from segment_lineage
