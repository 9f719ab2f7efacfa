{#- The score, 1 to 5, of a value among a measure's four cut points; null where the value is.

    The var `rfm_closed_side` says which side of its interval a cut point belongs to. With 'upper', a value equal to a cut
    point scores with those below it, with 'lower' with those above it. Either way equal values have equal scores, and where
    most customers share one value (all bought once) they share one score.

    value: the measure's value.
    cut_points: the relation with cut_point_1 to cut_point_4, in ascending order.
    best: which values score 5, 'highest' or 'lowest'.
-#}
{% macro rfm_score(value, cut_points, best) -%}
    {%- set closed_side = var('rfm_closed_side') -%}
    {%- if closed_side not in ('upper', 'lower') -%}
        {%- do exceptions.raise_compiler_error(
            "rfm_closed_side is '" ~ closed_side ~ "'. Set upper (a value equal to a cut point scores with those below it) "
            ~ "or lower (with those above it)."
        ) -%}
    {%- endif -%}
    {%- set below, above = ('<=', '>') if closed_side == 'upper' else ('<', '>=') -%}
    {%- set scores = [1, 2, 3, 4, 5] if best == 'highest' else [5, 4, 3, 2, 1] -%}
    case
        {%- for score in scores[:4] %}
        when {{ value }} {{ below }} {{ cut_points }}.cut_point_{{ loop.index }} then {{ score }}
        {%- endfor %}
        when {{ value }} {{ above }} {{ cut_points }}.cut_point_4 then {{ scores[4] }}
    end
{%- endmacro %}
