{#- A landed column as an integer, null when it can't be read: "3" and "3.0" are 3, "2.5" is not rounded but unreadable. -#}
{% macro as_integer(column) -%}
    try_cast(
        case
            when mod(try_cast({{ as_text(column) }} as decimal(24, 6)), 1) = 0
                then try_cast({{ as_text(column) }} as decimal(24, 6))
        end as integer
    )
{%- endmacro %}
