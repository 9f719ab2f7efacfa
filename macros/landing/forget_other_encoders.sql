{#- Placeholder until the voice models land. -#}
{% macro forget_other_encoders() -%}{%- endmacro %}
