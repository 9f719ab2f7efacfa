{#- The columns of segmentation_quality that the registry of published builds keeps beside build_number, and their types. -#}
{% macro quality_columns() -%}
    {{ return({
        'metric': 'varchar', 'value': 'double', 'must_be': 'varchar', 'warn_threshold': 'double', 'fail_threshold': 'double',
        'verdict': 'varchar', 'relaxed_because': 'varchar', 'note': 'varchar', 'remedy': 'varchar', 'is_compared': 'boolean',
        'data_fingerprint': 'varchar', 'code_version': 'varchar', 'vars': 'varchar', 'as_of_date': 'date',
        'shop_name': 'varchar',
    }) }}
{%- endmacro %}
