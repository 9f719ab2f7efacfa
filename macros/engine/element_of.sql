{#- An element of an array or list.

    list: the list. place: of the element, from 0.
-#}
{% macro element_of(list, place) -%}
    {{ adapter.dispatch('element_of', 'customer_segments')(list, place) }}
{%- endmacro %}


{% macro duckdb__element_of(list, place) -%}
    {{ list }}[{{ place }} + 1]
{%- endmacro %}
