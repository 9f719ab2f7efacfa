-- One row per row of the shop's files that breaks the input contract, and per optional value that was left out.
{%- set keys = {
    'customers': 'customer_id',
    'orders': 'order_id',
    'order_lines': "order_id || '/' || line_number",
    'products': 'product_id',
    'reviews': 'review_id',
    'events': 'event_id',
} %}
with
{% for entity, key in keys.items() %}
{{ entity }}_told as (

    select
        '{{ entity }}' as entity,
        {{ key }} as row_key,
        {{ redacted_label('coalesce(rejection_reason, dropped_values)') }} as reason,
        case when rejection_reason is null then 'value_dropped' else 'rejected' end as outcome,
        {{ redacted_row('source_row' if entity not in ('customers', 'reviews') else withheld_row(entity)) }} as source_row
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
