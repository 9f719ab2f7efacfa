{#- The score, 1 to 5, of a value among a measure's four cut points; null where the value is.

    Intervals are open below and closed above: a value equal to a cut point belongs to the interval below it. So equal
    values have equal scores, and where most customers share one value (all bought once) they share one score.

    value: the measure's value.
    cut_points: the relation with cut_point_1 to cut_point_4, in ascending order.
    best: which values score 5, 'highest' or 'lowest'.
-#}
{% macro rfm_score(value, cut_points, best) -%}
    {%- set scores = [1, 2, 3, 4, 5] if best == 'highest' else [5, 4, 3, 2, 1] -%}
    case
        {%- for score in scores[:4] %}
        when {{ value }} <= {{ cut_points }}.cut_point_{{ loop.index }} then {{ score }}
        {%- endfor %}
        when {{ value }} > {{ cut_points }}.cut_point_4 then {{ scores[4] }}
    end
{%- endmacro %}
