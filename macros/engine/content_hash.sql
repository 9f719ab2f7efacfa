{#- A hash of all rows of a group together that doesn't depend on their order: an aggregate, as text; null without rows.

    row: the alias of the relation, all of whose columns count. A hash of 64 bits per row, added up.
-#}
{% macro content_hash(row) -%}
    {{ adapter.dispatch('content_hash', 'customer_segments')(row) }}
{%- endmacro %}


{% macro duckdb__content_hash(row) -%}
    cast(sum(md5_number_lower(cast(to_json({{ row }}) as varchar))) as varchar)
{%- endmacro %}
