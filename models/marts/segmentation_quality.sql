-- One row per figure of this build: how good the segmentation is, what it was made of, and what was left out.
with segments as (

    select * from {{ ref('segments') }}

),

customer_segments as (

    select * from {{ ref('customer_segments') }}

),

rejected_rows as (

    select * from {{ ref('rejected_rows') }}

),

vector_dimensions as (

    select * from {{ ref('vector_dimensions') }}

),

segment_candidates as (

    select * from {{ ref('segment_candidates') }}

),

segment_rules as (

    select * from {{ ref('segment_rules') }}

),

reviews as (

    select * from {{ ref('reviews') }}

),

of_segments as (

    select
        count(*) as segment_count,
        {{ exact_average('silhouette') }} as silhouette,
        min(bootstrap_jaccard) as smallest_jaccard,
        min(customer_share) as smallest_share
    from segments

),

of_customers as (

    select
        count(*) as customer_count,
        {{ exact_average("case when assignment_state = 'assigned' then 1 else 0 end") }} as assigned_share,
        {{ exact_average('confidence') }} as average_confidence,
        {{ exact_average(
            "case when confidence < " ~ var('quality_low_confidence') ~ " then 1 when confidence is not null then 0 end"
        ) }} as low_confidence_share
    from customer_segments

),

chosen as (

    select max(reason) as reason
    from segment_candidates
    where chosen

),

figures as (

    select
        'segment_count' as metric,
        cast(of_segments.segment_count as double) as value,
        cast(null as double) as threshold,
        coalesce(chosen.reason, 'too few different customers to form segments') as note
    from of_segments
    cross join chosen
    union all
    select
        'silhouette',
        silhouette,
        {{ var('quality_silhouette_floor') }},
        'mean over the segments of their silhouette; 0 is no structure, 1 is perfect'
    from of_segments
    union all
    select
        'smallest_jaccard',
        smallest_jaccard,
        {{ var('quality_jaccard_floor') }},
        'bootstrap Jaccard of the least stable segment; above 0.75 is stable, below 0.6 should not be trusted'
    from of_segments
    union all
    select
        'smallest_segment_share',
        smallest_share,
        {{ var('segment_smallest_share') }},
        'share of the customers in the smallest segment'
    from of_segments
    union all
    select
        'surrogate_macro_f1',
        {{ exact_average('cross_validated_f1') }},
        {{ var('quality_surrogate_floor') }},
        'cross-validated macro F1 of segment_rules; below {{ var("quality_surrogate_floor") }} they are no substitute'
    from segment_rules
    union all
    select
        'customer_count',
        customer_count,
        null,
        'customers of the shop'
    from of_customers
    union all
    select
        'assigned_share',
        assigned_share,
        null,
        'share of the customers who are in a segment; the others have no completed order'
    from of_customers
    union all
    select
        'average_confidence',
        average_confidence,
        null,
        'mean confidence of the assigned customers, 0 on the border to 1 on the centroid'
    from of_customers
    union all
    select
        'low_confidence_share',
        low_confidence_share,
        null,
        'share of the assigned customers with a confidence below {{ var("quality_low_confidence") }}'
    from of_customers
    union all
    select
        'reviews_after_as_of_date',
        count(*),
        null,
        'reviews written on or after as_of_date; they are not counted'
    from reviews
    where reviewed_at >= {{ as_of_date() }}
    union all
    select
        'rejected_rows: ' || entity,
        count(*),
        null,
        'rows of ' || entity || ' that break the input contract; see rejected_rows'
    from rejected_rows
    where outcome = 'rejected'
    group by entity
    union all
    select
        'left out: ' || feature,
        share_known,
        null,
        dropped_reason || '; the value is the share of customers for whom it is known'
    from vector_dimensions
    where dropped_reason is not null
    {%- if is_demo() %}
    union all
    select
        metric,
        value,
        null,
        note
    from {{ ref('planted_truth_agreement') }}
    {%- endif %}

),

segmentation_quality as (

    select
        metric,
        round(value, 6) as value,
        threshold,
        case
            when threshold is null then 'informative'
            when value is null then 'not measured'
            when value >= threshold then 'pass'
            else 'fail'
        end as verdict,
        note,
        {{ as_of_date() }} as as_of_date,
        '{{ shop_name() | replace("'", "''") }}' as shop_name
    from figures

)

select * from segmentation_quality
