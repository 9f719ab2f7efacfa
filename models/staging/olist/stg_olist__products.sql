-- One row per product, its category in English, and one per line of the translation that can't be split into columns.
with source as (

    select * from {{ source('olist', 'products') }}

),

translation as (

    select * from {{ source('olist', 'category_translation') }}

),

english as (

    select
        {{ as_text('product_category_name') }} as category,
        min({{ as_text('product_category_name_english') }}) as english_category
    from translation
    where source_error is null
    group by {{ as_text('product_category_name') }}

),

typed as (

    select
        {{ as_text('product_id') }} as product_id,
        {{ as_text('product_category_name') }} as category,
        source_error as unreadable,
        {{ source_row('source') }} as source_row
    from source
    union all
    select
        cast(null as varchar) as product_id,
        cast(null as varchar) as category,
        'a category: ' || source_error as unreadable,
        {{ source_row('translation') }} as source_row
    from translation
    where source_error is not null

),

stg_olist__products as (

    select
        typed.product_id,
        cast(null as varchar) as product_name,
        replace(coalesce(english.english_category, typed.category), '_', ' ') as category,
        typed.unreadable,
        cast(null as varchar) as dropped_values,
        typed.source_row
    from typed
    left join english
        on typed.category = english.category

)

select * from stg_olist__products
