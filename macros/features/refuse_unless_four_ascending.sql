{#- Stops the build when a var isn't a list of four ascending numbers.

    name: the var, as the error should call it.
    values: what it is set to.
-#}
{% macro refuse_unless_four_ascending(name, values) -%}
    {%- set is_list = values is sequence and values is not string and values is not mapping -%}
    {%- if not is_list or values | length != 4 or values | reject('number') | list or values | sort != values -%}
        {%- do exceptions.raise_compiler_error(
            name ~ ' is ' ~ values ~ '. Set four numbers in ascending order: four cut points make five scores.'
        ) -%}
    {%- endif -%}
{%- endmacro %}
