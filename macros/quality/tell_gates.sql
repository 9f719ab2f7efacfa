{#- At the end of a run that tested gates: says in one line each which ones didn't pass, with figure, threshold and remedy. dbt
    itself shows no rows of failing tests.

    results: dbt's results, in on-run-end.
-#}
{% macro tell_gates(results) -%}
    {%- if execute -%}
        {%- set not_passed = [] -%}
        {%- for result in results if result.node.name.startswith('gate_') and result.status in ('fail', 'warn') -%}
            {%- do not_passed.append(result.node.name | replace('gate_', '', 1)) -%}
        {%- endfor -%}
        {%- if not_passed -%}
            {%- set rows = run_query(
                'select verdict, remedy from ' ~ built_relation('marts', 'segmentation_quality')
                ~ " where is_current and metric in ('" ~ not_passed | join("', '") ~ "') order by verdict, metric"
            ).rows -%}
            {%- for verdict, remedy in rows -%}
                {%- do log('Gate (' ~ verdict ~ '): ' ~ remedy, info=true) -%}
            {%- endfor -%}
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}
