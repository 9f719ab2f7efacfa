{#- Whether this model describes the shop as of the cut of models/ablation: its name ends with _before_cut.

    In a dbt unit test `model` is the test, which knows the model that it tests.
-#}
{% macro is_before_cut() -%}
    {%- set name = model.tested_node_unique_id | default(model.name, true) -%}
    {{ return(name.endswith('_before_cut')) }}
{%- endmacro %}
