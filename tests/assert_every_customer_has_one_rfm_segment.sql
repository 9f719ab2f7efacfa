-- Customers with a purchase who have no named RFM segment, or more than one.
select
    customer_purchases.customer_id,
    count(customer_rfm.rfm_segment) as rfm_segments
from {{ ref('customer_purchases') }} as customer_purchases
left join {{ ref('customer_rfm') }} as customer_rfm
    on customer_purchases.customer_id = customer_rfm.customer_id
group by customer_purchases.customer_id
having count(customer_rfm.rfm_segment) <> 1
