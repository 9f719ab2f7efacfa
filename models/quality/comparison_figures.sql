-- One row per figure that compares this build with the one published before it; null where there is nothing to compare.
with build_identity as (

    select * from {{ ref('build_identity') }}

),

driver_drift as (

    select * from {{ ref('driver_drift') }}

),

label_churn as (

    select * from {{ ref('label_churn') }}

),

published_quality as (

    select * from {{ source('published', 'quality') }}

),

-- Some features move with the calendar, whoever the customers are; they don't count.
largest_drift as (

    select
        feature,
        stability_index
    from driver_drift
    where feature not in ('{{ var('drift_calendar_features') | map('replace', "'", "''") | join("', '") }}')
    order by
        stability_index desc,
        feature asc
    limit 1

),

found_now as (

    select
        'driver_drift' as metric,
        max(stability_index) as value,
        'population stability index of the feature that moved most since the last published build'
        || coalesce(', ' || max(feature), '') as note
    from largest_drift
    union all
    select
        'driver_drift: ' || feature,
        stability_index,
        'population stability index of ' || feature || ' since the last published build'
    from driver_drift
    union all
    select
        'label_churn',
        -- Where nobody is known from the last build, it is the ids that moved.
        case
            when customers_in_both > 0 then cast(customers_moved as double) / customers_in_both
            when customers_published > 0 then 1.0
        end,
        'share of the customers who are in another segment than in the last published build, or in none, of '
        || cast(customers_in_both as varchar) || ' who were in one then; '
        || cast(customers_published - customers_in_both as varchar) || ' are customers no more'
    from label_churn

),

-- Built again, a build would be compared with itself: what was found when it was first published stays true.
comparison_figures as (

    select
        found_now.metric,
        round(found_now.value, 6) as value,
        found_now.note
    from found_now
    cross join build_identity
    where not build_identity.is_rebuild
    union all
    select
        published_quality.metric,
        published_quality.value,
        published_quality.note
    from published_quality
    inner join build_identity
        on published_quality.build_number = build_identity.build_number
    where published_quality.is_compared and build_identity.is_rebuild

)

select * from comparison_figures
