-- One row per figure of this build and of those published before it: how far to trust the segments.
{%- set gates = quality_gates() %}
with quality_figures as (

    select * from {{ ref('quality_figures') }}

),

comparison_figures as (

    select * from {{ ref('comparison_figures') }}

),

build_identity as (

    select * from {{ ref('build_identity') }}

),

published_quality as (

    select * from {{ source('published', 'quality') }}

),

figures as (

    select
        metric,
        value,
        note,
        false as is_compared
    from quality_figures
    union all
    select
        metric,
        value,
        note,
        true
    from comparison_figures

),

gates as (

    {% for metric, gate in gates.items() -%}
    select
        '{{ metric }}' as metric,
        '{{ gate.must_be }}' as must_be,
        cast({{ gate.warn if gate.warn is not none else 'null' }} as double) as warn_threshold,
        cast({{ gate.fail if gate.fail is not none else 'null' }} as double) as fail_threshold,
        {% if gate.relaxed_because -%}
        '{{ gate.relaxed_because | replace("'", "''") }}'
        {%- else -%}
        cast(null as varchar)
        {%- endif %} as relaxed_because,
        '{{ gate.remedy }}' as remedy
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

-- The threshold that a figure misses: that of failing before that of warning.
missed as (

    select
        figures.metric,
        case
            when gates.must_be = 'at least' and figures.value < gates.fail_threshold then gates.fail_threshold
            when gates.must_be = 'at most' and figures.value > gates.fail_threshold then gates.fail_threshold
            when gates.must_be = 'at least' and figures.value < gates.warn_threshold then gates.warn_threshold
            when gates.must_be = 'at most' and figures.value > gates.warn_threshold then gates.warn_threshold
        end as threshold
    from figures
    inner join gates
        on figures.metric = gates.metric

),

judged as (

    select
        build_identity.build_number,
        true as is_current,
        figures.metric,
        figures.value,
        gates.must_be,
        gates.warn_threshold,
        gates.fail_threshold,
        case
            when gates.metric is null then 'informative'
            when figures.value is null and figures.is_compared and build_identity.build_number = 1 then 'no history'
            when figures.value is null then 'not measured'
            when coalesce(gates.warn_threshold, gates.fail_threshold) is null then 'not judged'
            when missed.threshold is null then 'pass'
            when gates.relaxed_because is not null then 'relaxed'
            when missed.threshold = gates.fail_threshold then 'fail'
            else 'warn'
        end as verdict,
        case when missed.threshold is not null then gates.relaxed_because end as relaxed_because,
        figures.note,
        case
            when missed.threshold is not null
                then
                    figures.metric || ' is ' || cast(figures.value as varchar) || ' and should be ' || gates.must_be
                    || ' ' || cast(missed.threshold as varchar) || ' (' || figures.note || '). ' || gates.remedy
        end as remedy,
        figures.is_compared,
        build_identity.data_fingerprint,
        build_identity.code_version,
        build_identity.vars,
        build_identity.as_of_date,
        '{{ shop_name() | replace("'", "''") }}' as shop_name
    from figures
    cross join build_identity
    left join gates
        on figures.metric = gates.metric
    left join missed
        on figures.metric = missed.metric

),

current_build as (

    select build_number as current_number
    from build_identity

),

earlier_builds as (

    select
        published_quality.build_number,
        false as is_current,
        {{ quality_columns() | join(',\n        ') }}
    from published_quality
    cross join current_build
    where published_quality.build_number < current_build.current_number
        and published_quality.build_number >= current_build.current_number - {{ var('quality_earlier_builds') }}

),

segmentation_quality as (

    select * from judged
    union all
    select * from earlier_builds

)

select * from segmentation_quality
