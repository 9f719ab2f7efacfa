{#- A review's raw text: its title and body, each on a line of its own; null when it has neither.

    title, body: varchar expressions.
-#}
{% macro review_document(title, body) -%}
    nullif(concat_ws(chr(10), nullif(trim({{ title }}), ''), nullif(trim({{ body }}), '')), '')
{%- endmacro %}
