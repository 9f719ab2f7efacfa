-- One row per segment and fact: everything that a segment's description may say, and nothing else may be said.
{# A driver is a figure per customer. `skewed` ones are compared on the scale ln(1 + x), as multiples, so that a few
    giants don't hide that a whole segment orders three times as often as the shop. -#}
{%- set unhappy -%}
case
    when average_rating is not null then case when average_rating < 3 then 1 else 0 end
    when average_sentiment is not null then case when average_sentiment < -0.1 then 1 else 0 end
end
{%- endset -%}
{%- set happy -%}
case
    when average_rating is not null then case when average_rating >= 4 then 1 else 0 end
    when average_sentiment is not null then case when average_sentiment > 0.3 then 1 else 0 end
end
{%- endset -%}
{%- set drivers = [
    {'fact': 'median_recency_days', 'measure': 'recency_days', 'topic': 'recency', 'unit': 'days',
        'meaning': 'days since the last order, typical customer', 'skewed': true},
    {'fact': 'median_frequency', 'measure': 'frequency', 'topic': 'frequency', 'unit': 'orders',
        'meaning': 'orders, typical customer', 'skewed': true},
    {'fact': 'one_time_buyer_share', 'measure': 'case when frequency = 1 then 1 else 0 end', 'topic': 'frequency',
        'unit': 'share', 'meaning': 'share of customers who ordered only once'},
    {'fact': 'median_days_between_orders', 'measure': 'days_between_orders', 'topic': 'frequency', 'unit': 'days',
        'meaning': 'days between two orders, typical customer', 'skewed': true},
    {'fact': 'median_tenure_days', 'measure': 'tenure_days', 'topic': 'tenure', 'unit': 'days',
        'meaning': 'days as a customer, typical customer', 'skewed': true},
    {'fact': 'median_monetary', 'measure': 'monetary', 'topic': 'money', 'unit': 'money',
        'meaning': 'money spent in all, typical customer', 'skewed': true},
    {'fact': 'median_average_order_value', 'measure': 'average_order_value', 'topic': 'basket', 'unit': 'money',
        'meaning': 'money spent per order, typical customer', 'skewed': true},
    {'fact': 'discount_rate', 'measure': 'discount_rate', 'topic': 'discount', 'unit': 'share',
        'meaning': 'discount rate'},
    {'fact': 'return_rate', 'measure': 'return_rate', 'topic': 'return', 'unit': 'share', 'meaning': 'return rate'},
    {'fact': 'cancellation_rate', 'measure': 'cancellation_rate', 'topic': 'cancellation', 'unit': 'share',
        'meaning': 'cancellation rate'},
    {'fact': 'average_category_count', 'measure': 'category_count', 'topic': 'assortment', 'unit': 'categories',
        'meaning': 'categories bought from, on average', 'skewed': true},
    {'fact': 'median_view_count', 'measure': 'view_count', 'topic': 'browsing', 'unit': 'views',
        'meaning': 'product views, typical customer', 'skewed': true},
    {'fact': 'median_cart_count', 'measure': 'cart_count', 'topic': 'browsing', 'unit': 'carts',
        'meaning': 'times something was put in the cart, typical customer', 'skewed': true},
    {'fact': 'reviewer_share', 'measure': 'case when review_count > 0 then 1 else 0 end', 'topic': 'reviewing',
        'unit': 'share', 'meaning': 'share of customers who review'},
    {'fact': 'average_rating', 'measure': 'average_rating', 'topic': 'voice', 'unit': 'stars',
        'meaning': 'stars given, of 5, on average'},
    {'fact': 'average_sentiment', 'measure': 'average_sentiment', 'topic': 'voice', 'unit': 'score',
        'meaning': 'sentiment of the reviews, from -1 to 1, on average'},
    {'fact': 'negative_reviewer_share', 'measure': unhappy, 'topic': 'voice', 'unit': 'share',
        'meaning': 'share of the reviewing customers who are unhappy'},
    {'fact': 'positive_reviewer_share', 'measure': happy, 'topic': 'voice', 'unit': 'share',
        'meaning': 'share of the reviewing customers who are happy'},
    {'fact': 'sentiment_trend', 'measure': 'sentiment_trend', 'topic': 'trend', 'unit': 'score',
        'meaning': 'how the sentiment of the reviews has changed, on average'},
] -%}
{#- A fact that is known of fewer customers than this says more about them than about the segment. -#}
{%- set fewest_customers = var('description_fewest_customers', 3) %}

with customer_clusters as (

    select * from {{ ref('customer_clusters') }}
    where segment_key is not null

),

customer_features as (

    select * from {{ ref('customer_features') }}

),

customer_languages as (

    select * from {{ ref('customer_languages') }}

),

clustered_customers as (

    select
        customer_clusters.segment_key,
        customer_features.*
    from customer_clusters
    inner join customer_features
        on customer_clusters.customer_id = customer_features.customer_id

),

fact_kinds as (

    {% for driver in drivers -%}
    select
        '{{ driver.fact }}' as fact,
        '{{ driver.meaning }}' as meaning,
        '{{ driver.topic }}' as topic,
        '{{ driver.unit }}' as unit,
        {{ 'true' if driver.fact.startswith('median_') else 'false' }} as is_median
    {%- if not loop.last %}
    union all
    {% endif %}
    {%- endfor %}

),

measures as (

    {% for driver in drivers -%}
    select
        segment_key,
        '{{ driver.fact }}' as fact,
        cast({{ driver.measure }} as double) as measure,
        {% if driver.skewed -%}
        ln(1 + greatest(cast({{ driver.measure }} as double), 0)) as scaled_measure
        {%- else -%}
        cast({{ driver.measure }} as double) as scaled_measure
        {%- endif %}
    from clustered_customers
    where ({{ driver.measure }}) is not null
    {%- if not loop.last %}
    union all
    {% endif %}
    {%- endfor %}

),

-- What is nought for every customer (no discounts, no reviews) is something the shop doesn't have.
shop_statistics as (

    select
        fact,
        {{ median_of('measure') }} as median_measure,
        {{ exact_average('measure') }} as average_measure,
        {{ exact_average('scaled_measure') }} as average_scaled_measure,
        sqrt(greatest(
            {{ exact_average('scaled_measure * scaled_measure') }}
            - {{ exact_average('scaled_measure') }} * {{ exact_average('scaled_measure') }},
            0
        )) as deviation
    from measures
    group by fact
    having max(abs(measure)) > 0

),

segment_statistics as (

    select
        segment_key,
        fact,
        {{ median_of('measure') }} as median_measure,
        {{ exact_average('measure') }} as average_measure,
        {{ exact_average('scaled_measure') }} as average_scaled_measure
    from measures
    group by segment_key, fact
    having count(*) >= {{ fewest_customers }}

),

-- A deviation below half a percent or so is rounding, not behaviour.
driver_facts as (

    select
        segment_statistics.segment_key,
        fact_kinds.fact,
        fact_kinds.meaning,
        fact_kinds.topic,
        fact_kinds.unit,
        case
            when fact_kinds.is_median then segment_statistics.median_measure
            else segment_statistics.average_measure
        end as value,
        case
            when fact_kinds.is_median then shop_statistics.median_measure
            else shop_statistics.average_measure
        end as shop_value,
        case
            when shop_statistics.deviation >= 0.005
                then
                    (segment_statistics.average_scaled_measure - shop_statistics.average_scaled_measure)
                    / shop_statistics.deviation
        end as z_score,
        cast(null as varchar) as text_value
    from segment_statistics
    inner join shop_statistics
        on segment_statistics.fact = shop_statistics.fact
    inner join fact_kinds
        on segment_statistics.fact = fact_kinds.fact

),

shop_totals as (

    select
        count(*) as customers,
        sum(cast(monetary as decimal(24, 2))) as revenue
    from clustered_customers

),

segment_totals as (

    select
        segment_key,
        count(*) as customers,
        coalesce(sum(cast(monetary as decimal(24, 2))), 0) as revenue
    from clustered_customers
    group by segment_key

),

segment_shares as (

    select
        segment_totals.segment_key,
        segment_totals.customers,
        shop_totals.customers as shop_customers,
        cast(segment_totals.customers as double) / shop_totals.customers as customer_share,
        -- Refunds can leave a segment, or the shop, with less than nothing: then a share means nothing.
        case
            when shop_totals.revenue > 0 and segment_totals.revenue between 0 and shop_totals.revenue
                then cast(segment_totals.revenue as double) / cast(shop_totals.revenue as double)
        end as revenue_share
    from segment_totals
    cross join shop_totals

),

size_facts as (

    select
        segment_key,
        'customers' as fact,
        'customers' as meaning,
        'size' as topic,
        'customers' as unit,
        cast(customers as double) as value,
        cast(shop_customers as double) as shop_value,
        cast(null as double) as z_score,
        cast(null as varchar) as text_value
    from segment_shares
    union all
    select
        segment_key,
        'customer_share' as fact,
        'share of the shop''s customers' as meaning,
        'size' as topic,
        'share' as unit,
        customer_share as value,
        1.0 as shop_value,
        cast(null as double) as z_score,
        cast(null as varchar) as text_value
    from segment_shares
    union all
    select
        segment_key,
        'revenue_share' as fact,
        'share of the shop''s revenue' as meaning,
        'revenue' as topic,
        'share' as unit,
        revenue_share as value,
        1.0 as shop_value,
        cast(null as double) as z_score,
        cast(null as varchar) as text_value
    from segment_shares
    where revenue_share is not null
    union all
    select
        segment_key,
        'revenue_index' as fact,
        'revenue per customer as a multiple of the shop''s average' as meaning,
        'revenue' as topic,
        'times' as unit,
        revenue_share / customer_share as value,
        1.0 as shop_value,
        cast(null as double) as z_score,
        cast(null as varchar) as text_value
    from segment_shares
    where revenue_share is not null

),

labels as (

    select
        segment_key,
        'category' as label_kind,
        top_category as text_value
    from clustered_customers
    where top_category is not null
    union all
    select
        segment_key,
        'rfm_segment' as label_kind,
        rfm_segment as text_value
    from clustered_customers
    where rfm_segment is not null
    union all
    select
        customer_clusters.segment_key,
        'language' as label_kind,
        customer_languages.review_language_name as text_value
    from customer_clusters
    inner join customer_languages
        on customer_clusters.customer_id = customer_languages.customer_id

),

shop_label_totals as (

    select
        label_kind,
        count(*) as customers
    from labels
    group by label_kind

),

shop_label_counts as (

    select
        label_kind,
        text_value,
        count(*) as customers
    from labels
    group by label_kind, text_value

),

segment_label_totals as (

    select
        segment_key,
        label_kind,
        count(*) as customers
    from labels
    group by segment_key, label_kind
    having count(*) >= {{ fewest_customers }}

),

segment_label_counts as (

    select
        segment_key,
        label_kind,
        text_value,
        count(*) as customers,
        row_number() over (partition by segment_key, label_kind order by count(*) desc, text_value) as place
    from labels
    group by segment_key, label_kind, text_value

),

label_shares as (

    select
        segment_label_counts.segment_key,
        segment_label_counts.label_kind,
        segment_label_counts.place,
        segment_label_counts.text_value,
        cast(segment_label_counts.customers as double) / segment_label_totals.customers as value,
        cast(shop_label_counts.customers as double) / shop_label_totals.customers as shop_value
    from segment_label_counts
    inner join segment_label_totals
        on
            segment_label_counts.segment_key = segment_label_totals.segment_key
            and segment_label_counts.label_kind = segment_label_totals.label_kind
    inner join shop_label_counts
        on
            segment_label_counts.label_kind = shop_label_counts.label_kind
            and segment_label_counts.text_value = shop_label_counts.text_value
    inner join shop_label_totals
        on segment_label_counts.label_kind = shop_label_totals.label_kind
    where
        segment_label_counts.place = 1
        or (segment_label_counts.place = 2 and segment_label_counts.label_kind = 'category')

),

label_facts as (

    select
        segment_key,
        case
            when label_kind = 'rfm_segment' then 'top_rfm_segment'
            when label_kind = 'language' then 'top_language'
            when place = 1 then 'top_category'
            else 'second_category'
        end as fact,
        case
            when label_kind = 'rfm_segment' then 'share of customers in the most frequent RFM segment'
            when label_kind = 'language'
                then 'share of reviewing customers who write mostly in the most frequent language'
            when place = 1 then 'share of customers who buy mostly from the most frequent category'
            else 'share of customers who buy mostly from the second most frequent category'
        end as meaning,
        label_kind as topic,
        'share' as unit,
        value,
        shop_value,
        case
            when shop_value < 1 then (value - shop_value) / sqrt(shop_value * (1 - shop_value))
        end as z_score,
        text_value
    from label_shares

),

all_facts as (

    select * from driver_facts
    union all
    select * from size_facts
    union all
    select * from label_facts

),

facts_with_steps as (

    select
        *,
        case unit
            when 'share' then 1000
            when 'money' then 100
            when 'score' then 100
            else 10
        end as steps
    from all_facts

),

-- Rounded to what is said, so that the last bits of a double never change a text. Adding 0.0 turns -0.0 into 0.0.
rounded_facts as (

    select
        segment_key,
        fact,
        meaning,
        topic,
        unit,
        round(value * steps) / steps + 0.0 as value,
        round(shop_value * steps) / steps + 0.0 as shop_value,
        round(z_score * 100) / 100 + 0.0 as z_score,
        text_value
    from facts_with_steps

),

-- The place among the segments is what "the most" is said of; of equal ones, none has the first place.
segment_facts as (

    select
        segment_key,
        fact,
        meaning,
        topic,
        unit,
        value,
        shop_value,
        z_score,
        case
            when text_value is null then count(*) over (partition by fact order by value desc)
        end as place_from_top,
        case
            when text_value is null then count(*) over (partition by fact order by value)
        end as place_from_bottom,
        text_value
    from rounded_facts

)

select * from segment_facts
