{#- A landed row as JSON, as it stood in the file; a line that couldn't be split into columns is that line.

    relation: the CTE or table whose rows are meant.
-#}
{% macro source_row(relation) -%}
    {{ adapter.dispatch('source_row', 'customer_segments')(relation) }}
{%- endmacro %}


{% macro duckdb__source_row(relation) -%}
    case
        when {{ relation }}.source_text is not null then cast(to_json({line: {{ relation }}.source_text}) as varchar)
        -- A landed row ends with these two; cutting them off as text takes half the time of json_merge_patch.
        else replace(
            cast(to_json({{ relation }}) as varchar), ',"source_error":null,"source_text":null}', '}'
        )
    end
{%- endmacro %}
