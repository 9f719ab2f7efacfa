{#- A checked row as JSON without what customers wrote: a mart must not show personal text, and a line that doesn't split
    into columns may hold it anywhere.

    entity: whose contract's columns are told.
-#}
{% macro withheld_row(entity) -%}
    {{ adapter.dispatch('row_of_columns', 'customer_segments')(
        contract(entity).keys() | reject('in', ['title', 'body']) | list
    ) }}
{%- endmacro %}


{% macro duckdb__row_of_columns(columns) -%}
    cast(to_json({
        {%- for column in columns %}{{ column }}: {{ column }}{{ ', ' if not loop.last }}{% endfor -%}
    }) as varchar)
{%- endmacro %}
