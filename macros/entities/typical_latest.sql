{#- A date that nearly all of the shop's orders aren't behind: what is far behind it is a typing error.

    Where so few orders have a date that the usual quantile is the latest one itself, a lower one: else the error would
    judge itself. Of one or two dates nobody can tell which is wrong.

    column: when the orders were made; null where it's unknown.
-#}
{% macro typical_latest(column) -%}
    {%- set share = var('typical_latest_share') -%}
    case
        when count({{ column }}) * (1 - {{ share }}) >= 1 then {{ quantile_of(column, share) }}
        else {{ quantile_of(column, var('typical_latest_share_of_few')) }}
    end
{%- endmacro %}
