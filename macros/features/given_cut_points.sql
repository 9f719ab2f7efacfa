{#- The four cut points that the var `rfm_cut_points` sets for a measure, or none: then they are quantiles.

    measure: recency, frequency or monetary.
-#}
{% macro given_cut_points(measure) -%}
    {%- set given = var('rfm_cut_points') or {} -%}
    {%- if given is not mapping -%}
        {%- do exceptions.raise_compiler_error(
            "rfm_cut_points is '" ~ given ~ "'. Set a list for one measure or more, such as {recency: [30, 90, 180, 365]}."
        ) -%}
    {%- endif -%}
    {%- for name in given if name not in ('recency', 'frequency', 'monetary') -%}
        {%- do exceptions.raise_compiler_error(
            "rfm_cut_points sets '" ~ name ~ "', which is no measure. Use recency, frequency or monetary."
        ) -%}
    {%- endfor -%}
    {%- if given.get(measure) is not none -%}
        {%- do refuse_unless_four_ascending('rfm_cut_points of ' ~ measure, given[measure]) -%}
        {{ return(given[measure]) }}
    {%- endif -%}
    {{ return(none) }}
{%- endmacro %}
