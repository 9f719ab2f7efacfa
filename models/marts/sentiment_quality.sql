-- One row per language and method, and per bin of its reliability table: how far to trust sentiment.
with sentiment_figures as (

    select * from {{ ref('sentiment_figures') }}

),

sentiment_quality as (

    select
        language,
        sentiment_method,
        coalesce(cast(bin as varchar), 'all') as bin,
        reviews,
        praise_count,
        complaint_count,
        predicted_positive_share,
        observed_positive_share,
        area_under_curve,
        macro_f1,
        pearson,
        calibration_error
    from sentiment_figures

)

select * from sentiment_quality
