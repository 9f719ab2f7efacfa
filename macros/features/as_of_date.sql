{#- The day as of which the shop is described, as an expression: what happens on that day or later isn't counted.

    It is the cut in models that describe the shop before it.
-#}
{% macro as_of_date() -%}
    {%- if is_before_cut() -%}
        (select cut_date from {{ ref('cut') }})
    {%- else -%}
        (select as_of_date from {{ ref('as_of') }})
    {%- endif -%}
{%- endmacro %}
