{#- Writes down whose warehouse this is, once the shop's files have landed: a mistyped path claims no warehouse. -#}
{% macro remember_shop() -%}
    {%- if execute and flags.WHICH in ('build', 'run') and not load_relation(shop_relation()) -%}
        {%- do run_query(
            "create table " ~ shop_relation() ~ " as select '" ~ shop_name() | replace("'", "''") ~ "' as shop_name"
        ) -%}
        {%- do commit_hook() -%}
    {%- endif -%}
{%- endmacro %}
