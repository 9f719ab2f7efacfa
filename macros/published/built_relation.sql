{#- A model's table, for hooks at the end of a run, where ref() can't be used.

    folder: the folder of models/, whose schema it is in. name: the model.
-#}
{% macro built_relation(folder, name) -%}
    {{ return(api.Relation.create(database=target.database, schema=generate_schema_name(folder, none), identifier=name)) }}
{%- endmacro %}
