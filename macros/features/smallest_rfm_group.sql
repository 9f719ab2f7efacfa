{#- The number of customers from which on a group has cut points of its own, of the var `rfm_smallest_group`. -#}
{% macro smallest_rfm_group() -%}
    {%- set customers = var('rfm_smallest_group') -%}
    {%- if customers is not integer or customers is boolean or customers < 1 -%}
        {%- do exceptions.raise_compiler_error(
            "rfm_smallest_group is '" ~ customers ~ "'. Set a whole number of customers, 1 or more."
        ) -%}
    {%- endif -%}
    {{ return(customers) }}
{%- endmacro %}
