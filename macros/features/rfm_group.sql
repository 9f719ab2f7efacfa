{#- The group that a customer is scored in, by the var `rfm_within`: all customers, or those with the same attribute.

    A group is called by attribute and value, 'country = Brazil', so that 'country unknown' is no country's name.

    customers: the relation with the customers' attributes.
-#}
{% macro rfm_group(customers) -%}
    {%- set within = var('rfm_within') -%}
    {%- set attributes = contract('customers').keys() | reject('in', ['customer_id', 'signed_up_at']) | list -%}
    {%- if not within -%}
        {{ all_customers() }}
    {%- elif within in attributes -%}
        coalesce('{{ within }} = ' || cast({{ customers }}.{{ within }} as varchar), '{{ within }} unknown')
    {%- else -%}
        {%- do exceptions.raise_compiler_error(
            "rfm_within is '" ~ within ~ "', which is no attribute of customers. Set one of " ~ attributes | join(', ')
            ~ ", or '' to score customers among all."
        ) -%}
    {%- endif -%}
{%- endmacro %}
