{#- A cut point of RFM at a quantile, by the vars `rfm_quantile_type` and `rfm_cut_point_shift`.

    expression: what is ordered.
    share: between 0 and 1.
-#}
{% macro rfm_quantile_of(expression, share) -%}
    {%- set type = var('rfm_quantile_type') -%}
    {%- set shift = var('rfm_cut_point_shift') -%}
    {%- if type not in (1, 7) or type is boolean -%}
        {%- do exceptions.raise_compiler_error(
            "rfm_quantile_type is '" ~ type ~ "'. Set 1 (values that customers have) or 7 (interpolated between two "
            ~ "customers, as R and pandas do by default), the types of Hyndman and Fan that warehouses know."
        ) -%}
    {%- endif -%}
    {%- if shift is not number or shift is boolean -%}
        {%- do exceptions.raise_compiler_error(
            "rfm_cut_point_shift is '" ~ shift ~ "'. Set the number to add to every quantile: 0 for none."
        ) -%}
    {%- endif -%}
    {{ quantile_of(expression, share) if type == 1 else interpolated_quantile_of(expression, share) }}
    {{- ' + ' ~ shift if shift }}
{%- endmacro %}
