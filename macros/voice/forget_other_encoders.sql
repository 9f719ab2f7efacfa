{#- After distinct_texts is known and before its texts are encoded: vectors of another encoder than this build's may have
    another length, and can't stay in one table. Drops the table of embeddings, so that all texts are encoded again, and says so.

    distinct_texts: the relation, `this` in its post-hook.
-#}
{% macro forget_other_encoders(distinct_texts) -%}
    {%- if execute and flags.WHICH in ('build', 'run') -%}
        {%- set node = graph.nodes.values() | selectattr('resource_type', 'equalto', 'model')
            | selectattr('name', 'equalto', 'review_embeddings') | first -%}
        {%- set embeddings = adapter.get_relation(node.database, node.schema, node.alias) -%}
        {%- set changes = run_query(
            'select stored.encoder, texts.encoder, texts.number from (select distinct encoder from ' ~ embeddings ~ ') as stored '
            ~ 'inner join (select encoder, count(*) as number from ' ~ distinct_texts ~ ' group by encoder) as texts '
            ~ 'on stored.encoder <> texts.encoder order by stored.encoder'
        ).rows if embeddings else [] -%}
        {%- for stored, wanted, number in changes -%}
            {%- do log(
                'The encoder changed from ' ~ stored ~ ' to ' ~ wanted ~ ': all ' ~ '{:,}'.format(number | int)
                ~ ' texts are encoded again.', info=true
            ) -%}
        {%- endfor -%}
        {%- if changes -%}
            {%- do adapter.drop_relation(embeddings) -%}
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}
