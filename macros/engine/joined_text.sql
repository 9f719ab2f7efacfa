{#- The texts of a group in one, separated by comma and space, in a given order.

    expression: a varchar. order_by: what orders them.
-#}
{% macro joined_text(expression, order_by) -%}
    {{ adapter.dispatch('joined_text', 'customer_segments')(expression, order_by) }}
{%- endmacro %}


{% macro duckdb__joined_text(expression, order_by) -%}
    string_agg({{ expression }}, ', ' order by {{ order_by }})
{%- endmacro %}
