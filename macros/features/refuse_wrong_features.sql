{#- Before anything runs: stops the build when a var of the fusion names a feature that customers don't have.

    A misspelt weight would else change nothing, and nobody would know.
-#}
{% macro refuse_wrong_features() -%}
    {%- if execute -%}
        {%- set models = graph.nodes.values() | selectattr('resource_type', 'equalto', 'model') -%}
        {%- set known = (models | selectattr('name', 'equalto', 'customer_features') | first).columns.keys() | list -%}
        {%- set features = var('fusion_features') -%}
        {%- for group in var('fusion_alike') if group is string or group is mapping -%}
            {%- do exceptions.raise_compiler_error(
                "fusion_alike has '" ~ group ~ "' where a list of features is expected, as in [[frequency, monetary], [view_count]]."
            ) -%}
        {%- endfor -%}
        {%- set alike = var('fusion_alike') | sum(start=[]) -%}
        {%- for feature in alike | unique if alike.count(feature) > 1 -%}
            {%- do exceptions.raise_compiler_error(
                "fusion_alike has '" ~ feature ~ "' twice. A feature is in one group: unite the two."
            ) -%}
        {%- endfor -%}
        {%- set named = {
            'fusion_features': features.values() | sum(start=[]),
            'fusion_feature_weights': var('fusion_feature_weights').keys() | list,
            'fusion_alike': alike,
            'fusion_rates': (var('fusion_rates').keys() | list) + (var('fusion_rates').values() | list),
        } -%}
        {%- for name, columns in named.items() -%}
            {%- for column in columns if column not in known -%}
                {%- do exceptions.raise_compiler_error(
                    name ~ " names '" ~ column ~ "', which is no column of customer_features. Its columns are: "
                    ~ known | join(', ') ~ '. (A new one is told in models/features/_features__models.yml too.)'
                ) -%}
            {%- endfor -%}
        {%- endfor -%}
        {%- for block in features if block not in var('fusion_block_weights') -%}
            {%- do exceptions.raise_compiler_error(
                "fusion_features has a block '" ~ block ~ "' that fusion_block_weights gives no weight. Add it there; "
                ~ 'with 1 it counts as much as any block, with 0 it is left out.'
            ) -%}
        {%- endfor -%}
    {%- endif -%}
{%- endmacro %}
