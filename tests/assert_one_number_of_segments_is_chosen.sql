-- Segments were formed, but not exactly one of the numbers tried is chosen and says why.
select
    count(*) as tried,
    count(case when chosen then 1 end) as chosen,
    count(reason) as reasons
from {{ ref('segment_candidates') }}
having count(*) > 0
    and (count(case when chosen then 1 end) <> 1 or count(reason) <> 1)
