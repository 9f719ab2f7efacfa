{#- Whether this build is of the demo shop, whose planted truth is known. -#}
{% macro is_demo() -%}
    {{ return(var('data', env_var('CUSTOMER_SEGMENTS_DATA', '')) == '' and source_system() == 'shop') }}
{%- endmacro %}
