{#- A row as JSON whose texts, apart from keys, hold no personal data.

    row: a varchar expression, a JSON object or null. Its model must be a table, as for redacted_label.
-#}
{% macro redacted_row(row) -%}
    {{ adapter.dispatch('redacted_row', 'customer_segments')(row) }}
{%- endmacro %}


{% macro duckdb__redacted_row(row) -%}
    redact_row({{ row }}, ['{{ var('redaction_phone_regions') | join("', '") }}'])
{%- endmacro %}
