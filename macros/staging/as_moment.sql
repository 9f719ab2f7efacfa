{#- A landed column of seconds or milliseconds since 1970 as a UTC timestamp, null when it can't be read. Which of the two
    it is shows in its size: as seconds, 100,000,000,000 would be the year 5138.
-#}
{% macro as_moment(column) -%}
    {{ adapter.dispatch('as_moment', 'customer_segments')(column) }}
{%- endmacro %}


{% macro duckdb__as_moment(column) -%}
    case
        when {{ as_number(column) }} between 0 and 1e11
            then make_timestamp(cast({{ as_number(column) }} as bigint) * 1000000)
        when {{ as_number(column) }} between 1e11 and 1e14
            then make_timestamp(cast({{ as_number(column) }} as bigint) * 1000)
    end
{%- endmacro %}
