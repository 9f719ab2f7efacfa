-- One row per staged product, with the reason why it is rejected (null: it is accepted).
with staged_products as (

    select * from {{ staged('products') }}

),

judged as (

    select
        *,
        case
            when unreadable is not null then unreadable
            when product_id is null then 'product_id is missing'
        end as rejection_reason
    from staged_products

),

numbered as (

    select
        *,
        {{ first_of_duplicates('products', ['product_id']) }} as duplicate_number
    from judged

),

checked_products as (

    select
        {{ contract('products').keys() | join(',\n        ') }},
        coalesce(rejection_reason, case when duplicate_number > 1 then 'duplicate product_id' end) as rejection_reason,
        dropped_values,
        {{ row_if_told() }} as source_row
    from numbered

)

select * from checked_products
