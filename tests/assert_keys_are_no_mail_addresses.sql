-- Customers whose key is a mail address. Keys are published as they are, so that marts can be joined: this only warns.
{{ config(severity='warn') }}

select customer_id
from {{ ref('customers') }}
where customer_id like '%_@_%._%'
