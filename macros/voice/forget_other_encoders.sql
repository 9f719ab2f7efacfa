{#- Before the models run: vectors of another encoder than this build's have another length, and can't stay in one table.

    Drops the table of embeddings, so that all texts are embedded again, and says so.
-#}
{% macro forget_other_encoders() -%}
    {%- if execute and flags.WHICH in ('build', 'run') -%}
        {%- set node = graph.nodes.values() | selectattr('resource_type', 'equalto', 'model')
            | selectattr('name', 'equalto', 'review_embeddings') | first -%}
        {%- set embeddings = adapter.get_relation(node.database, node.schema, node.alias) -%}
        {%- set stored = run_query('select distinct encoder from ' ~ embeddings).columns[0].values() if embeddings else [] -%}
        {%- for encoder in stored if encoder != var('encoder') and not encoder.startswith(var('encoder') ~ '@') -%}
            {%- if loop.first -%}
                {%- do log('The encoder is now ' ~ var('encoder') ~ ', not ' ~ encoder ~ ': all texts are embedded again.', info=true) -%}
                {%- do adapter.drop_relation(embeddings) -%}
                {%- do commit_hook() -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endif -%}
{%- endmacro %}
