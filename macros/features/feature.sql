{#- A model of features, as a relation: of the same day as the model that reads it.

    Models of features exist twice, once for as_of_date and once, as links to the same files, for the cut of models/ablation.

    name: of the model for as_of_date.
-#}
{% macro feature(name) -%}
    {{ return(ref(name ~ ('_before_cut' if is_before_cut() else ''))) }}
{%- endmacro %}
