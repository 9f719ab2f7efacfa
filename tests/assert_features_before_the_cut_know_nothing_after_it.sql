-- Customers whose features before the cut tell of something that happened on the day of the cut or later.
select
    customer_features_before_cut.customer_id,
    customer_features_before_cut.last_ordered_at,
    customer_features_before_cut.last_reviewed_at,
    cut.cut_date
from {{ ref('customer_features_before_cut') }} as customer_features_before_cut
cross join {{ ref('cut') }} as cut
where
    customer_features_before_cut.last_ordered_at >= cut.cut_date
    or customer_features_before_cut.last_reviewed_at >= cut.cut_date
    or customer_features_before_cut.recency_days < 1
