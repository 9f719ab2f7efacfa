{#- The one-row table in which a warehouse remembers how its reviews are read: what the SQL functions work with. -#}
{% macro voice_settings_relation() -%}
    {{ return(api.Relation.create(database=target.database, schema=target.schema, identifier='voice_settings')) }}
{%- endmacro %}
