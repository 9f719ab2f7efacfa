{#- One warehouse belongs to one shop: stops the build, before anything is written, when it is another shop's. -#}
{% macro refuse_other_shop() -%}
    {%- if execute and flags.WHICH in ('build', 'run', 'seed', 'test') -%}
        {%- set remembered = load_relation(shop_relation()) -%}
        {%- set rows = run_query('select shop_name from ' ~ remembered).rows if remembered else [] -%}
        {%- if rows and rows[0][0] != shop_name() -%}
            {%- do exceptions.raise_compiler_error(
                "This warehouse belongs to the shop '" ~ rows[0][0] ~ "', and you are building '" ~ shop_name() ~ "'. "
                ~ "For another shop, pass another warehouse and another folder to publish to: "
                ~ "make build WAREHOUSE=<file> PUBLISH=<folder> (bare dbt: CUSTOMER_SEGMENTS_WAREHOUSE). "
                ~ "If it is the same shop and only its data have moved, say so: make build SHOP='" ~ rows[0][0]
                ~ "' (bare dbt: CUSTOMER_SEGMENTS_SHOP)."
            ) -%}
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}
