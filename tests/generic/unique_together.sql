{#- No two rows have the same values in all of the columns.

    columns: the names of the columns.
-#}
{% test unique_together(model, columns) %}

select
    {{ columns | join(',\n    ') }},
    count(*) as rows_with_the_same_values
from {{ model }}
group by {{ columns | join(', ') }}
having count(*) > 1

{% endtest %}
