{#- The vars that dbt was told on the command line, as JSON with sorted keys. All others have the values of dbt_project.yml,
    which is part of the code.
-#}
{% macro told_vars() -%}
    {{ return(tojson(invocation_args_dict.vars or {}, sort_keys=true)) }}
{%- endmacro %}
