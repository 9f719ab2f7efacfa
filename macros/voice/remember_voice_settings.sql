{#- Before the models run: writes down by which vars this build redacts, tells languages and embeds, and where it keeps what
    sentiment learned. The SQL functions embed, sentiment, redact, detect_language and similarity do the same by it
    (python_udfs/duckdb_plugin/voice_functions.py), also in `dbt show` and outside dbt, where no var is known.
-#}
{% macro remember_voice_settings() -%}
    {%- if execute and flags.WHICH in ('build', 'run') -%}
        {%- set node = graph.nodes.values() | selectattr('resource_type', 'equalto', 'model')
            | selectattr('name', 'equalto', 'sentiment_model') | first -%}
        {%- set settings = {
            'phone_regions': var('redaction_phone_regions'),
            'names': var('redaction_names'),
            'languages': var('review_languages'),
            'least_confidence': var('review_language_least_confidence'),
            'encoder': {
                'name': var('encoder'),
                'batch_size': var('encoder_batch_size'),
                'dimensions': var('encoder_dimensions'),
                'base_url': var('encoder_base_url'),
                'api_key_variable': var('encoder_api_key_variable'),
            },
            'sentiment_model': {'schema': node.schema, 'table': node.alias},
        } -%}
        {%- do run_query(
            "create or replace table " ~ voice_settings_relation() ~ " as select '"
            ~ tojson(settings, sort_keys=true) | replace("'", "''") ~ "' as settings"
        ) -%}
        {%- do commit_hook() -%}
    {%- endif -%}
{%- endmacro %}
