-- One row per block and per feature: how much it contributes to the separation of the segments.
with driver_shares as (

    select * from {{ ref('driver_shares') }}

),

segmentation_drivers as (

    select
        level,
        driver,
        block,
        share_of_separation,
        share_explained,
        cast(
            row_number() over (partition by level order by share_of_separation desc, driver asc) as integer
        ) as place
    from driver_shares

)

select * from segmentation_drivers
