{#- Says which value of a landed row can't be read, or null. A line that couldn't be split into columns says so.

    readings: the landed columns, each with the typed expression that reads it, e.g. {'ordered_at': as_timestamp('ordered_at')}.
    include_line: whether broken lines are told here; the expression for dropped values leaves them out.
    show_value: whether the value is shown; not where it may be personal text that slipped into the wrong column.
-#}
{% macro cannot_be_read(readings, include_line=true, show_value=true) -%}
    case
        {%- if include_line %}
        when source_error is not null then source_error
        {%- endif %}
        {%- for column, reading in readings.items() %}
        when {{ as_text(column) }} is not null and ({{ reading }}) is null
            then '{{ column }} cannot be read'{{ " || ': ' || " ~ column if show_value }}
        {%- endfor %}
    end
{%- endmacro %}
