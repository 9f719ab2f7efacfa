{#- A gate's thresholds, [warn, fail], from its var; stops the build when they aren't such.

    metric: the gate. must_be: 'at least' or 'at most'; a gate warns before it fails.
-#}
{% macro gate_thresholds(metric, must_be) -%}
    {%- set thresholds = var('gate_' ~ metric) -%}
    {%- set is_list = thresholds is sequence and thresholds is not string and thresholds is not mapping -%}
    {%- set numbers = thresholds | reject('none') | list if is_list else [] -%}
    {%- if not is_list or thresholds | length != 2 or numbers | reject('number') | list -%}
        {%- do exceptions.raise_compiler_error(
            'gate_' ~ metric ~ ' is ' ~ thresholds ~ '. Set [warn, fail]: two numbers, null for none.'
        ) -%}
    {%- elif numbers | length == 2 and numbers != numbers | sort(reverse=must_be == 'at least') -%}
        {%- do exceptions.raise_compiler_error(
            'gate_' ~ metric ~ ' is ' ~ thresholds ~ ', and would fail before it warns. Set [warn, fail]: the figure must be '
            ~ must_be ~ ' either of them.'
        ) -%}
    {%- endif -%}
    {{ return(thresholds) }}
{%- endmacro %}
