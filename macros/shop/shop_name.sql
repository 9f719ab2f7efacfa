{#- The shop's name: what the user calls it, else its source system and the path of its data. -#}
{% macro shop_name() -%}
    {%- set given = var('shop_name', env_var('CUSTOMER_SEGMENTS_SHOP', '')) -%}
    {%- set data = var('data', env_var('CUSTOMER_SEGMENTS_DATA', '')) -%}
    {%- if given -%}
        {{ return(given) }}
    {%- elif data == '' -%}
        {{ return(source_system() ~ ':demo') }}
    {%- elif data.startswith('/') -%}
        {{ return(source_system() ~ ':' ~ modules.re.sub('/+$', '', data)) }}
    {%- else -%}
        {{ return(source_system() ~ ':' ~ flags.PROJECT_DIR ~ '/' ~ modules.re.sub('^([.]/)+|/+$', '', data)) }}
    {%- endif -%}
{%- endmacro %}
