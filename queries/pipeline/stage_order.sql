-- Question: in which order do deals pass their stages?
-- Grain: one row per stage text.
-- Columns: stage, stage_number (the store's own, by which other questions compare), stage_key (its bit in a deal's stage_mask), stays
--   (of deals in the stage), position_sum (the stays' positions within their deals, from 1), closings (stays that ended the deal), last_on
--   (last day that a deal entered it).
-- Parameters: ends (words for won and lost, in lower case).
-- Caveats: all visible deals, whatever the filters, so that the order stays the same while somebody filters.
select
    stage,
    min(stage_number)::bigint as stage_number,
    min(stage_key)::bigint as stage_key,
    sum(stays)::bigint as stays,
    sum(position_sum)::bigint as position_sum,
    coalesce(sum(stays) filter (where list_contains($ends, lower(trim(next_stage)))), 0)::bigint as closings,
    max(last_on) as last_on
from visible_stage_moves
group by stage
order by stage
