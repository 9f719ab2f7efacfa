{#- Whether a timestamp can't be true: before any web shop, or far behind nearly all of the shop's orders. Without a clock:
    today's date would make yesterday's build another one.

    column: a timestamp.
    typical_latest: a date that nearly all of the shop's orders aren't behind, see the macro `typical_latest`.
-#}
{% macro impossible_date(column, typical_latest) -%}
    (
        {{ column }} < timestamp '{{ var("earliest_possible_date") }}'
        or {{ days_between(typical_latest, column) }} > {{ var('latest_after_typical_days') }}
    )
{%- endmacro %}
