{#- The source system of this build: the folder of models/staging that reads the shop's data. -#}
{% macro source_system() -%}
    {%- set name = var('source_system', env_var('CUSTOMER_SEGMENTS_SOURCE', 'shop')) -%}
    {%- if name not in var('source_systems') -%}
        {%- do exceptions.raise_compiler_error(
            "No source system '" ~ name ~ "'. Use one of: " ~ var('source_systems') | join(', ') ~ "."
        ) -%}
    {%- endif -%}
    {{ return(name) }}
{%- endmacro %}
