-- One row per segment: who is in it, as a rule that can be read, pasted as SQL and judged by its figures.
with segments as (

    select * from {{ ref('segments') }}

),

surrogate_rules as (

    select * from {{ ref('surrogate_rules') }}

),

segment_rules as (

    select
        segments.segment_key,
        segments.segment_name,
        surrogate_rules.condition_sql,
        surrogate_rules.matched_customers,
        round(surrogate_rules.precision, 6) as precision,
        round(surrogate_rules.recall, 6) as recall,
        round(surrogate_rules.f1, 6) as f1,
        round(surrogate_rules.cross_validated_f1, 6) as cross_validated_f1,
        surrogate_rules.case_sql
    from segments
    inner join surrogate_rules
        on segments.segment_key = surrogate_rules.segment_key

)

select * from segment_rules
