{#- A query: the reviews that say most nearly what a text says, in whichever language, the nearest first.

    One row per review: the columns of review_texts, and similarity, the cosine of its vector and the text's, -1 to 1, to six
    digits. Equally near ones in the order of review_id. No rows if nothing of the text can be read.

    text: what to look for; any characters, quotes too. limit: how many reviews at most.
-#}
{% macro similar_reviews(text, limit=20) -%}
    {%- if limit is not integer or limit < 0 -%}
        {%- do exceptions.raise_compiler_error('similar_reviews: the limit is a number of reviews, not ' ~ limit) -%}
    {%- endif -%}
    with wanted as (

        select embed('{{ text | replace("'", "''") }}') as embedding

    ),

    compared as (

        select
            review_texts.*,
            round({{ cosine_similarity('review_embeddings.embedding', 'wanted.embedding') }}, 6) as similarity
        from {{ ref('review_texts') }} as review_texts
        inner join {{ ref('review_embeddings') }} as review_embeddings
            on review_texts.text_id = review_embeddings.text_id
        cross join wanted
        where wanted.embedding is not null

    ),

    similar_reviews as (

        select * from compared
        order by similarity desc, review_id
        limit {{ limit }}

    )

    select * from similar_reviews
    order by similarity desc, review_id
{%- endmacro %}
