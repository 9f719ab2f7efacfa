{#- The texts of a group in one, in a given order.

    expression: a varchar. order_by: what orders them. separator: what stands between them, comma and space as a rule.
-#}
{% macro joined_text(expression, order_by, separator=', ') -%}
    {{ adapter.dispatch('joined_text', 'customer_segments')(expression, order_by, separator) }}
{%- endmacro %}


{% macro duckdb__joined_text(expression, order_by, separator) -%}
    string_agg({{ expression }}, '{{ separator }}' order by {{ order_by }})
{%- endmacro %}
