-- One row per metric and segmentation: what the segments know, with reviews, without them, and compared with RFM.
with time_split_figures as (

    select
        time_split_figures.*,
        cut.cut_date
    from {{ ref('time_split_figures') }} as time_split_figures
    cross join {{ ref('cut') }} as cut

),

segmentation_ablation as (

    select * from time_split_figures
    {%- if is_demo() %}
    union all
    select
        *,
        null
    from {{ ref('planted_truth_figures') }}
    {%- endif %}

)

select * from segmentation_ablation
