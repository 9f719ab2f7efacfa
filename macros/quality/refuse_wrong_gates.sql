{#- Before anything runs: stops the build when the vars of the gates can't be meant as they are. -#}
{% macro refuse_wrong_gates() -%}
    {%- if execute -%}
        {%- do quality_gates() -%}
    {%- endif -%}
{%- endmacro %}
