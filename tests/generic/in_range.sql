{#- Every value lies between minimum and maximum, both included. Nulls pass.

    minimum, maximum: numbers or expressions; either may be left out.
-#}
{% test in_range(model, column_name, minimum=none, maximum=none) %}

select *
from {{ model }}
where false
    {%- if minimum is not none %}
    or {{ column_name }} < {{ minimum }}
    {%- endif %}
    {%- if maximum is not none %}
    or {{ column_name }} > {{ maximum }}
    {%- endif %}

{% endtest %}
