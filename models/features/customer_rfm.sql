-- One row per customer with at least one purchase before as_of_date: recency, frequency, monetary, scores, RFM segment.
with customer_purchases as (

    select * from {{ feature('customer_purchases') }}

),

customer_rfm_groups as (

    select * from {{ feature('customer_rfm_groups') }}

),

rfm_cut_points as (

    select * from {{ feature('rfm_cut_points') }}

),

rfm_segment_cells as (

    select * from {{ ref('rfm_segment_cells') }}

),

scores as (

    select
        customer_purchases.*,
        customer_rfm_groups.rfm_group,
        {{ rfm_score('customer_purchases.recency_days', 'recency_cuts', best='lowest') }} as r_score,
        {{ rfm_score('customer_purchases.frequency', 'frequency_cuts', best='highest') }} as f_score,
        {{ rfm_score('customer_purchases.monetary', 'monetary_cuts', best='highest') }} as m_score
    from customer_purchases
    inner join customer_rfm_groups
        on customer_purchases.customer_id = customer_rfm_groups.customer_id
    inner join rfm_cut_points as recency_cuts
        on
            recency_cuts.measure = 'recency'
            and customer_rfm_groups.rfm_group = recency_cuts.rfm_group
    inner join rfm_cut_points as frequency_cuts
        on
            frequency_cuts.measure = 'frequency'
            and customer_rfm_groups.rfm_group = frequency_cuts.rfm_group
    inner join rfm_cut_points as monetary_cuts
        on
            monetary_cuts.measure = 'monetary'
            and customer_rfm_groups.rfm_group = monetary_cuts.rfm_group

),

-- Where no amount is known, frequency speaks for money too.
customer_rfm as (

    select
        scores.customer_id,
        scores.recency_days,
        scores.frequency,
        scores.monetary,
        scores.first_ordered_at,
        scores.last_ordered_at,
        scores.rfm_group,
        scores.r_score,
        scores.f_score,
        scores.m_score,
        rfm_segment_cells.rfm_segment
    from scores
    left join rfm_segment_cells
        on
            scores.r_score = rfm_segment_cells.r_score
            and scores.f_score = rfm_segment_cells.f_score
            and coalesce(scores.m_score, scores.f_score) = rfm_segment_cells.m_score

)

select * from customer_rfm
