{#- A landed column that holds a path of categories as JSON, ["Instruments", "Guitars", "Strings"] or a list of such paths, as
    one category: the second of the (first) path, since the first is often the same for all products. Text that is no list
    is the category itself.
-#}
{% macro as_listed_category(column) -%}
    {{ adapter.dispatch('as_listed_category', 'customer_segments')(column) }}
{%- endmacro %}


{% macro duckdb__as_listed_category(column) -%}
    case
        when {{ as_text(column) }} not like '[%' then {{ as_text(column) }}
        when json_valid({{ as_text(column) }}) then coalesce(
            json_extract_string({{ as_text(column) }}, '$[0][1]'),
            json_extract_string({{ as_text(column) }}, '$[0][0]'),
            json_extract_string({{ as_text(column) }}, '$[1]'),
            json_extract_string({{ as_text(column) }}, '$[0]')
        )
    end
{%- endmacro %}
