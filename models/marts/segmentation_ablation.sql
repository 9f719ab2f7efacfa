-- One row per metric and segmentation: what the segments know, with reviews, without them, and compared with RFM.
with time_split_figures as (

    select * from {{ ref('time_split_figures') }}

),

cut as (

    select * from {{ ref('cut') }}

),

figures as (

    select
        time_split_figures.*,
        cut.cut_date
    from time_split_figures
    cross join cut
    {%- if is_demo() %}
    union all
    select
        planted_truth_figures.*,
        null as cut_date
    from {{ ref('planted_truth_figures') }} as planted_truth_figures
    {%- endif %}

),

segmentation_ablation as (

    select
        metric,
        segmentation,
        value,
        lower,
        upper,
        customers,
        segment_count,
        fused_difference,
        fused_difference_lower,
        fused_difference_upper,
        verdict,
        note,
        cut_date
    from figures

)

select * from segmentation_ablation
