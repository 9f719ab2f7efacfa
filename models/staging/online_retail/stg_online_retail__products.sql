-- One row per article: the name it was most often sold under, the first by name where several tie.
with invoice_lines as (

    select * from {{ ref('base_online_retail__invoice_lines') }}
    where source_error is null
        and product_id is not null

),

-- Adjustments carry notes on the stock ("damages", "?") in the place of a name.
names as (

    select
        product_id,
        product_name,
        sum(case when adjustment is null then 1 else 0 end) as sales,
        count(*) as lines
    from invoice_lines
    group by product_id, product_name

),

ranked as (

    select
        *,
        row_number() over (
            partition by product_id
            order by case when product_name is null then 1 else 0 end asc, sales desc, lines desc, product_name asc
        ) as name_rank
    from names

),

stg_online_retail__products as (

    select
        product_id,
        product_name,
        cast(null as varchar) as category,
        cast(null as varchar) as unreadable,
        cast(null as varchar) as dropped_values,
        {{ as_json('ranked') }} as source_row
    from ranked
    where name_rank = 1

)

select * from stg_online_retail__products
