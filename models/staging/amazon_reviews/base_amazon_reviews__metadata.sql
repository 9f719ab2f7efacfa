-- One row per line of the metadata: a product, its category and its price in US dollars.
with source as (

    select * from {{ source('amazon_reviews', 'metadata') }}

),

-- "$1,299.99" is a price, "$12.99 - $24.99" isn't one.
{%- set amount = as_money("replace(replace(price, '$', ''), ',', '')") %}
base_amazon_reviews__metadata as (

    select
        {{ as_text('asin') }} as product_id,
        {{ as_text('title') }} as product_name,
        coalesce({{ as_listed_category('categories') }}, {{ as_text('main_category') }}) as category,
        case when {{ amount }} > 0 then {{ amount }} end as price,
        source_error as unreadable,
        {{ cannot_be_read({'price': amount}, include_line=false, show_value=false) }} as dropped_values,
        {{ source_row('source') }} as source_row
    from source

)

select * from base_amazon_reviews__metadata
