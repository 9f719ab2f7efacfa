{#- Whether this model describes the shop as of the cut of models/ablation: its name ends with _before_cut. -#}
{% macro is_before_cut() -%}
    {{ return(model.name.endswith('_before_cut')) }}
{%- endmacro %}
