{#- The row as JSON where `rejected_rows` will tell of it: a copy of every accepted row would double the warehouse.

    Stands where rejection_reason, dropped_values and duplicate_number are columns.
-#}
{% macro row_if_told() -%}
    case
        when rejection_reason is not null or dropped_values is not null or duplicate_number > 1 then source_row
    end
{%- endmacro %}
