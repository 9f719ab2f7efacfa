-- One row per number of segments tried: what an elbow or silhouette plot needs, and which number was chosen and why.
with segment_sweep as (

    select * from {{ ref('segment_sweep') }}

),

segment_candidates as (

    select
        k,
        chosen,
        reason,
        round(inertia, 6) as inertia,
        round(likelihood_gain, 6) as likelihood_gain,
        round(silhouette, 6) as silhouette,
        round(davies_bouldin, 6) as davies_bouldin,
        round(calinski_harabasz, 6) as calinski_harabasz,
        round(gap, 6) as gap,
        round(gap_error, 6) as gap_error,
        round(smallest_jaccard, 6) as smallest_jaccard,
        round(mean_jaccard, 6) as mean_jaccard,
        round(smallest_share, 6) as smallest_share,
        round(noise_share, 6) as noise_share,
        shares,
        silhouettes,
        jaccards
    from segment_sweep

)

select * from segment_candidates
