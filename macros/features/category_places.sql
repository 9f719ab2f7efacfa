{#- The ranks of the categories that customers have a share of: as many as the var asks for, and at least the eight that
    fusion_features may name; of those beyond the var the share is null.
-#}
{% macro category_places() -%}
    {{ return(range(1, [var('category_share_count'), 8] | max + 1)) }}
{%- endmacro %}
