-- One row per row of the shop's files that breaks the input contract, and per optional value that was left out.
{%- set keys = {
    'customers': 'customer_id',
    'orders': 'order_id',
    'order_lines': "order_id || '/' || line_number",
    'products': 'product_id',
    'reviews': 'review_id',
    'events': 'event_id',
} %}
{%- set written_by_customers = ['customers', 'reviews'] %}
with
{% for entity, key in keys.items() %}
{{ entity }}_told as (

    select
        '{{ entity }}' as entity,
        {{ key }} as row_key,
        {{ redacted_label('coalesce(rejection_reason, dropped_values)') }} as reason,
        case when rejection_reason is null then 'value_dropped' else 'rejected' end as outcome,
        {{ redacted_row(withheld_row(entity) if entity in written_by_customers else 'source_row') }} as source_row
    from {{ ref('checked_' ~ entity) }}
    where rejection_reason is not null
        or dropped_values is not null

),
{% endfor %}
rejected_rows as (

    {% for entity in keys -%}
    select * from {{ entity }}_told
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select * from rejected_rows
