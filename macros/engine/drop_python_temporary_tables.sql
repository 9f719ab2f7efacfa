{#- Drops the tables that incremental runs of a Python model leave behind: dbt-duckdb 1.11 makes them as permanent tables, in
    the target's schema rather than in the model's, and forgets them. And the one in which python_udfs/engine.py keeps what is
    finished of the model: in the transaction in which the model's own table gets it, so that a killed run keeps it.

    relation: the model, `this` in a post-hook.
-#}
{% macro drop_python_temporary_tables(relation) -%}
    {{ adapter.dispatch('drop_python_temporary_tables', 'customer_segments')(relation) }}
{%- endmacro %}


{% macro duckdb__drop_python_temporary_tables(relation) -%}
    {%- if execute -%}
        {%- set left_behind = run_query(
            "select schema_name, table_name from duckdb_tables() where database_name = '" ~ relation.database
            ~ "' and (starts_with(table_name, '" ~ relation.identifier ~ "__dbt_tmp') "
            ~ "or (schema_name = '" ~ relation.schema ~ "' and table_name = '" ~ relation.identifier ~ "__unfinished'))"
        ).rows -%}
        {%- for schema, name in left_behind -%}
            {%- do run_query('drop table if exists "' ~ relation.database ~ '"."' ~ schema ~ '"."' ~ name ~ '"') -%}
        {%- endfor -%}
    {%- endif -%}
{%- endmacro %}
