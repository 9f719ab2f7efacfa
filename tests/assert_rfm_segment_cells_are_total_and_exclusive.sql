-- Cells of RFM that the seed doesn't name exactly once, and cells that it names but no score can have.
{% set wrong_cells -%}
with scores as (

    select 1 as score
    union all
    select 2
    union all
    select 3
    union all
    select 4
    union all
    select 5

),

cells as (

    select
        recency.score as r_score,
        frequency.score as f_score,
        monetary.score as m_score
    from scores as recency
    cross join scores as frequency
    cross join scores as monetary

),

named_cells as (

    select
        r_score,
        f_score,
        m_score,
        count(*) as line_count,
        count(nullif(trim(rfm_segment), '')) as name_count
    from {{ ref('rfm_segment_cells') }}
    group by r_score, f_score, m_score

)

select
    coalesce(cells.r_score, named_cells.r_score) as r_score,
    coalesce(cells.f_score, named_cells.f_score) as f_score,
    coalesce(cells.m_score, named_cells.m_score) as m_score,
    case
        when cells.r_score is null then 'is no cell'
        when named_cells.line_count is null then 'is missing'
        when named_cells.line_count > 1 then 'stands there ' || cast(named_cells.line_count as varchar) || ' times'
        else 'has no name'
    end as wrong
from cells
full outer join named_cells
    on
        cells.r_score = named_cells.r_score
        and cells.f_score = named_cells.f_score
        and cells.m_score = named_cells.m_score
where
    cells.r_score is null
    or coalesce(named_cells.line_count, 0) <> 1
    or named_cells.name_count <> 1
order by r_score desc, f_score desc, m_score desc
{%- endset -%}
{{ refuse_wrong_segment_cells(wrong_cells) -}}
{{ wrong_cells }}
