{#- Deletes what an incremental model stored and nobody wants any longer: the text is gone, or was made with another version.

    model: the relation, `this` in a post-hook. wanted: the relation that has what is wanted. key: columns of both, never null.
-#}
{% macro delete_all_but(model, wanted, key) -%}
    delete from {{ model }} as stored where not exists (
        select 1 from {{ wanted }} as wanted
        where {% for column in key %}wanted.{{ column }} = stored.{{ column }}{{ ' and ' if not loop.last }}{% endfor %}
    )
{%- endmacro %}
