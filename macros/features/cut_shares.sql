{#- The four shares of customers at which RFM's cut points lie, of the var `rfm_cut_shares`. -#}
{% macro cut_shares() -%}
    {%- set shares = var('rfm_cut_shares') -%}
    {%- do refuse_unless_four_ascending('rfm_cut_shares', shares) -%}
    {%- if shares[0] <= 0 or shares[3] >= 1 -%}
        {%- do exceptions.raise_compiler_error(
            'rfm_cut_shares is ' ~ shares ~ '. Use shares between 0 and 1, such as [0.2, 0.4, 0.6, 0.8].'
        ) -%}
    {%- endif -%}
    {{ return(shares) }}
{%- endmacro %}
