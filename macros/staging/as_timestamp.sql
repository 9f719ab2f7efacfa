{#- A landed column as a UTC timestamp, null when it can't be read. ISO 8601, with or without an offset, is always read.

    column: the landed column.
    formats: further strptime formats of this source system, tried in this order.
-#}
{% macro as_timestamp(column, formats=[]) -%}
    {{ adapter.dispatch('as_timestamp', 'customer_segments')(column, formats) }}
{%- endmacro %}


{% macro duckdb__as_timestamp(column, formats) -%}
    {%- if formats -%}
        coalesce(
            try_cast({{ as_text(column) }} as timestamp),
            try_strptime({{ as_text(column) }}, ['{{ formats | join("', '") }}'])
        )
    {%- else -%}
        try_cast({{ as_text(column) }} as timestamp)
    {%- endif -%}
{%- endmacro %}
