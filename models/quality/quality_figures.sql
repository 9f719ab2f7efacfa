-- One row per figure of this build alone: how good the segmentation is, what it was made of, and what was left out.
with segment_centroids as (

    select * from {{ ref('segment_centroids') }}

),

customers as (

    select * from {{ ref('customers') }}

),

customer_clusters as (

    select * from {{ ref('customer_clusters') }}

),

entity_rejections as (

    select * from {{ ref('entity_rejections') }}

),

vector_dimensions as (

    select * from {{ ref('vector_dimensions') }}

),

segment_sweep as (

    select * from {{ ref('segment_sweep') }}

),

surrogate_rules as (

    select * from {{ ref('surrogate_rules') }}

),

seed_agreement as (

    select * from {{ ref('seed_agreement') }}

),

sentiment_agreement as (

    select * from {{ ref('sentiment_agreement') }}

),

reviews as (

    select * from {{ ref('reviews') }}

),

text_meaning as (

    select * from {{ ref('text_meaning') }}

),

of_segments as (

    select
        count(*) as segment_count,
        {{ exact_average('silhouette') }} as silhouette
    from segment_centroids

),

least_stable_segment as (

    select
        segment_key,
        bootstrap_jaccard
    from segment_centroids
    order by
        bootstrap_jaccard asc,
        segment_key asc
    limit 1

),

of_customers as (

    select
        count(*) as customer_count,
        cast(count(customer_clusters.segment_key) as double) / nullif(count(*), 0) as assigned_share,
        {{ exact_average('customer_clusters.confidence') }} as average_confidence,
        cast(count(*) filter (where customer_clusters.confidence < {{ var('quality_low_confidence') }}) as double)
        / nullif(count(customer_clusters.confidence), 0) as low_confidence_share
    from customers
    left join customer_clusters
        on customers.customer_id = customer_clusters.customer_id

),

segment_sizes as (

    select
        segment_key,
        count(*) as customers
    from customer_clusters
    where segment_key is not null
    group by segment_key

),

smallest_segment as (

    select
        segment_key,
        cast(customers as double) / sum(customers) over () as share
    from segment_sizes
    order by
        customers asc,
        segment_key asc
    limit 1

),

chosen as (

    select max(reason) as reason
    from segment_sweep
    where chosen

),

figures as (

    select
        'segment_count' as metric,
        cast(of_segments.segment_count as double) as value,
        coalesce(chosen.reason, 'no segments: too few different customers, or the estimator found no two') as note
    from of_segments
    cross join chosen
    union all
    select
        'silhouette',
        silhouette,
        'mean over the segments of their silhouette; 0 is no structure, 1 is perfect'
    from of_segments
    union all
    select
        'smallest_jaccard',
        max(bootstrap_jaccard),
        'bootstrap Jaccard of the least stable segment' || coalesce(', ' || max(segment_key), '')
        || '; from 0.75 it is stable (Hennig 2007)'
    from least_stable_segment
    union all
    select
        'smallest_segment_share',
        max(share),
        'share of the smallest segment' || coalesce(', ' || max(segment_key), '')
        || ', among the customers who are in one'
    from smallest_segment
    union all
    select
        'seed_agreement',
        min(adjusted_rand_index),
        'smallest adjusted Rand index of the segments and those of other random starts; 1 is the same, 0 is chance'
    from seed_agreement
    union all
    select
        'surrogate_macro_f1',
        {{ exact_average('cross_validated_f1') }},
        'cross-validated macro F1 of segment_rules: how well they stand in for the segments'
    from surrogate_rules
    union all
    select
        'customer_count',
        customer_count,
        'customers of the shop'
    from of_customers
    union all
    select
        'assigned_share',
        assigned_share,
        'share of the customers who are in a segment; why the others are not stands in assignment_state'
    from of_customers
    union all
    select
        'average_confidence',
        average_confidence,
        'mean confidence of the assigned customers; 0 is on the border of two segments'
    from of_customers
    union all
    select
        'low_confidence_share',
        low_confidence_share,
        'share of the assigned customers with a confidence below {{ var("quality_low_confidence") }}'
    from of_customers
    union all
    select
        'sentiment_agreement',
        case
            when least(praise_count, complaint_count) >= {{ var('quality_fewest_rated_reviews') }} then area_under_curve
        end,
        'AUC of sentiment against stars: how often praise has the better sentiment than a complaint; of '
        || cast(praise_count as varchar) || ' texts of praise, ' || cast(complaint_count as varchar) || ' of complaint'
    from sentiment_agreement
    union all
    select
        'reviews_after_as_of_date',
        count(*),
        'reviews written on or after as_of_date; they are not counted'
    from reviews
    where reviewed_at >= {{ as_of_date() }}
    union all
    select
        'meaning_variance_share',
        max(variance_share),
        'part of the variance of the reviews'' embeddings that the axes meaning_1 and so on carry together'
    from text_meaning
    having count(*) > 0
    union all
    select
        'rejected_share',
        cast(sum(rejected_rows) as double) / nullif(sum(landed_rows), 0),
        'share of all rows that break the input contract; see rejected_rows'
    from entity_rejections
    union all
    select
        'rejected_rows: ' || entity,
        rejected_rows,
        'rows of ' || entity || ' that break the input contract; see rejected_rows'
    from entity_rejections
    where rejected_rows > 0
    union all
    select
        'left out: ' || feature,
        share_known,
        dropped_reason || '; the value is the share of customers for whom it is known'
    from vector_dimensions
    where dropped_reason is not null
    {%- if is_demo() %}
    union all
    select
        metric,
        value,
        note
    from {{ ref('planted_truth_agreement') }}
    {%- endif %}

),

quality_figures as (

    select
        metric,
        round(value, 6) as value,
        note
    from figures

)

select * from quality_figures
