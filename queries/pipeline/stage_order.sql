-- Question: in which order do deals pass their stages?
-- Grain: one row per stage text × text of the stage that followed.
-- Columns: stage, next_stage (null where nothing followed), stage_number (the store's own, by which other questions compare), stage_key (its
--   bit in a deal's stage_mask), stays (of deals in the stage), position_sum (the stays' positions within their deals, from 1), last_on
--   (last day that a deal entered it).
-- Caveats: all visible deals, whatever the filters, so that the order stays the same while somebody filters. Which texts end a deal is for
--   who asks to say.
select
    stage,
    next_stage,
    min(stage_number)::bigint as stage_number,
    min(stage_key)::bigint as stage_key,
    sum(stays)::bigint as stays,
    sum(position_sum)::bigint as position_sum,
    max(last_on) as last_on
from visible_stage_moves
group by stage, next_stage
order by stage, next_stage
