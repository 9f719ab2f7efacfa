{#- The one-row table in which a warehouse remembers whose it is. -#}
{% macro shop_relation() -%}
    {{ return(api.Relation.create(database=target.database, schema=target.schema, identifier='shop')) }}
{%- endmacro %}
