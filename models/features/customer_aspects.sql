-- One row per customer with at least one purchase before as_of_date: what their reviews praise and blame, as columns.
{%- set aspects = var('review_aspects') %}
with customer_purchases as (

    select * from {{ feature('customer_purchases') }}

),

customer_aspect_sentiments as (

    select * from {{ feature('customer_aspect_sentiments') }}

),

-- Of aspects that are equally praised or blamed, the first in the alphabet.
ranked_aspects as (

    select
        customer_id,
        aspect,
        sentiment,
        row_number() over (partition by customer_id order by sentiment desc, aspect asc) as place_from_best,
        row_number() over (partition by customer_id order by sentiment, aspect) as place_from_worst
    from customer_aspect_sentiments

),

aspect_figures as (

    select
        customer_id,
        {%- for aspect in aspects %}
        max(case when aspect = '{{ aspect }}' then sentiment end) as {{ aspect }}_sentiment,
        {%- endfor %}
        max(case when place_from_best = 1 and sentiment > 0 then aspect end) as praised_aspect,
        max(case when place_from_worst = 1 and sentiment < 0 then aspect end) as criticised_aspect
    from ranked_aspects
    group by customer_id

),

customer_aspects as (

    select
        customer_purchases.customer_id,
        {%- for aspect in aspects %}
        aspect_figures.{{ aspect }}_sentiment,
        {%- endfor %}
        aspect_figures.praised_aspect,
        aspect_figures.criticised_aspect
    from customer_purchases
    left join aspect_figures
        on customer_purchases.customer_id = aspect_figures.customer_id

)

select * from customer_aspects
