{#- The gates that this build is let through, each with the reason; stops the build at a gate that isn't one, or without reason.

    known: the names of all gates.
-#}
{% macro relaxed_gates(known) -%}
    {%- set relaxed = var('relaxed_gates') or {} -%}
    {%- set example = 'relaxed_gates: {label_churn: "the segments were cut anew on purpose"}' -%}
    {%- if relaxed is not mapping -%}
        {%- do exceptions.raise_compiler_error(
            'relaxed_gates is ' ~ relaxed ~ '. Set gates and reasons, e.g. ' ~ example ~ '.'
        ) -%}
    {%- endif -%}
    {%- for gate, reason in relaxed.items() -%}
        {%- if gate not in known -%}
            {%- do exceptions.raise_compiler_error(
                "relaxed_gates names '" ~ gate ~ "', which is no gate. The gates are: " ~ known | join(', ') ~ '.'
            ) -%}
        {%- elif reason is not string or not reason | trim -%}
            {%- do exceptions.raise_compiler_error(
                "relaxed_gates gives no reason for '" ~ gate ~ "'. Say why this build may pass, e.g. " ~ example ~ '.'
            ) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(relaxed) }}
{%- endmacro %}
