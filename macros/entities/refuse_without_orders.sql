{#- Stops the build with the most frequent reason when not one order was accepted: nothing could be said of the shop. -#}
{% macro refuse_without_orders() -%}
    {%- if execute and flags.WHICH in ('build', 'run') -%}
        {%- set accepted = run_query('select count(*) from ' ~ ref('orders')).rows[0][0] -%}
        {%- if accepted == 0 -%}
            {%- set reasons = run_query(
                'select rejection_reason, count(*) as orders from ' ~ ref('checked_orders')
                ~ ' group by rejection_reason order by orders desc, rejection_reason limit 1'
            ).rows -%}
            {%- do exceptions.raise_compiler_error(
                "Not one order can be used" ~ ("; " ~ reasons[0][1] ~ " of them because: " ~ reasons[0][0] if reasons)
                ~ ". Mend the orders, or map them to the input contract (README, your own data). All reasons stand in "
                ~ ref('checked_orders') ~ "."
            ) -%}
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}
