{#- A label without personal data, as redaction finds them in reviews; one that holds none stays to the letter.

    text: a varchar expression. Its model must be a table: the function belongs to the connection of the build.
-#}
{% macro redacted_label(text) -%}
    {{ adapter.dispatch('redacted_label', 'customer_segments')(text) }}
{%- endmacro %}


{% macro duckdb__redacted_label(text) -%}
    redact_label({{ text }}, ['{{ var('redaction_phone_regions') | join("', '") }}'])
{%- endmacro %}
