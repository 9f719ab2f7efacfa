{#- The SHA-256 of a text, in hexadecimal digits.

    expression: a varchar.
-#}
{% macro text_hash(expression) -%}
    {{ adapter.dispatch('text_hash', 'customer_segments')(expression) }}
{%- endmacro %}


{% macro duckdb__text_hash(expression) -%}
    sha256({{ expression }})
{%- endmacro %}
