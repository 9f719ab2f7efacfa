{#- The cosine of the angle between two vectors, as a double.

    vector, other: arrays or lists of numbers, of one length.
-#}
{% macro cosine_similarity(vector, other) -%}
    {{ adapter.dispatch('cosine_similarity', 'customer_segments')(vector, other) }}
{%- endmacro %}


{% macro duckdb__cosine_similarity(vector, other) -%}
    list_cosine_similarity({{ vector }}::double[], {{ other }}::double[])
{%- endmacro %}
