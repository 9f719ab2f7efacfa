{#- Drops the tables that earlier incremental runs of a Python model left behind: dbt-duckdb 1.11 forgets them.

    relation: the model, `this` in a post-hook.
-#}
{% macro drop_python_temporary_tables(relation) -%}
    {{ adapter.dispatch('drop_python_temporary_tables', 'customer_segments')(relation) }}
{%- endmacro %}


{% macro duckdb__drop_python_temporary_tables(relation) -%}
    {%- if execute -%}
        {%- set left_behind = run_query(
            "select table_name from duckdb_tables() where schema_name = '" ~ relation.schema
            ~ "' and starts_with(table_name, '" ~ relation.identifier ~ "__dbt_tmp')"
        ).columns[0].values() -%}
        {%- for name in left_behind -%}
            {%- do run_query('drop table if exists ' ~ relation.schema ~ '.' ~ name) -%}
        {%- endfor -%}
    {%- endif -%}
{%- endmacro %}
