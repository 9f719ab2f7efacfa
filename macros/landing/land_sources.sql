{#- Before any model runs: lands the files of this build's source system as tables, and stops the build with one clear
    error when a required file or column is missing or a file can't be read.

    Only commands that build models land anew; `dbt test`, `dbt show` and the like use what stands in the warehouse.
-#}
{% macro land_sources() -%}
    {%- if execute and flags.WHICH in ('build', 'run') -%}
        {%- set nodes = graph.sources.values() | selectattr('source_name', 'equalto', source_system()) | list -%}
        {{ adapter.dispatch('land', 'customer_segments')(nodes) }}
    {%- endif -%}
{%- endmacro %}


{#- nodes: the source's tables in dbt's graph; their meta says which file and columns (python_udfs/landing/table.py). -#}
{% macro duckdb__land(nodes) -%}
    {%- for node in nodes -%}
        {%- do run_query('drop table if exists ' ~ node.schema ~ '.' ~ node.identifier) -%}
    {%- endfor -%}
    {%- do commit_hook() -%}
    {#- Naming a source makes dbt-duckdb's plugin load it, if its table doesn't exist. -#}
    {%- for node in nodes -%}
        {%- do source(node.source_name, node.name) -%}
    {%- endfor -%}
{%- endmacro %}
