{#- The model and another one have exactly the same values in a column: none is lost on the way, none appears.

    column: its name, in both.
    other: the other model.
-#}
{% test same_values(model, column, other) %}

select
    {{ column }},
    'only here' as found
from {{ model }}
where {{ column }} not in (select {{ column }} from {{ other }})
union all
select
    {{ column }},
    'only there' as found
from {{ other }}
where {{ column }} not in (select {{ column }} from {{ model }})

{% endtest %}
