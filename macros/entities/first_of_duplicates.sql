{#- Numbers the acceptable rows of one key from 1, by their content: which of two duplicates stays never depends on
    where they stood in the file. Rows that are rejected anyway don't count. A value goes before none: engines differ in
    what they do unless told.

    entity: whose contract's columns break the tie.
    key: the entity's key columns.
-#}
{% macro first_of_duplicates(entity, key) -%}
    row_number() over (
        partition by {{ key | join(', ') }}, rejection_reason is null
        order by {{ contract(entity).keys() | join(' nulls last, ') }} nulls last
    )
{%- endmacro %}
