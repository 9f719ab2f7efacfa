{#- Several columns at once: every value lies between its minimum and maximum, both included. Nulls pass.

    ranges: the columns, each with [minimum, maximum]; either may be null for no bound.
-#}
{% test in_ranges(model, ranges) %}

{%- for column, bounds in ranges.items() %}
select
    '{{ column }}' as column_name,
    count(*) as rows_outside,
    cast(min({{ column }}) as double) as lowest,
    cast(max({{ column }}) as double) as highest
from {{ model }}
where {{ column }} < {{ column if bounds[0] is none else bounds[0] }}
    or {{ column }} > {{ column if bounds[1] is none else bounds[1] }}
having count(*) > 0
{%- if not loop.last %}
union all
{%- endif %}
{%- endfor %}

{% endtest %}
