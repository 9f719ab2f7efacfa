{#- A landed column as a UTC timestamp, null when it can't be read. ISO 8601, with or without an offset, is always read.

    column: the landed column.
    formats: further strptime formats of this source system, tried in this order.
-#}
{% macro as_timestamp(column, formats=[]) -%}
    {{ adapter.dispatch('as_timestamp', 'customer_segments')(column, formats) }}
{%- endmacro %}


{#- DuckDB's own cast to timestamp ignores an offset, and reads words like "infinity" as moments. -#}
{% macro duckdb__as_timestamp(column, formats) -%}
    case
        when regexp_matches({{ as_text(column) }}, '^[0-9]{4}[-/].*:[0-9.]+ ?[^0-9.: ]')
            then timezone('UTC', try_cast({{ as_text(column) }} as timestamp with time zone))
        when regexp_matches({{ as_text(column) }}, '^[0-9]{4}[-/]')
            then try_cast({{ as_text(column) }} as timestamp)
        {%- if formats %}
        when regexp_matches({{ as_text(column) }}, '^[0-9]')
            then try_strptime({{ as_text(column) }}, ['{{ formats | join("', '") }}'])
        {%- endif %}
    end
{%- endmacro %}
