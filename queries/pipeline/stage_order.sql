-- Question: in which order do deals pass their stages?
-- Grain: one row per stage text.
-- Columns: stage, stage_key (its bit in a deal's stage_mask), stays (stays of deals in the stage), position_sum (the stays'
--   positions within their deals, from 1), closings (stays that ended in won or lost), last_on (last day that a deal entered it).
-- Caveats: all visible deals, whatever the filters, so that the order stays the same while somebody filters.
select
    stage,
    min(stage_key)::bigint as stage_key,
    count(*)::bigint as stays,
    sum(spell)::bigint as position_sum,
    (count(*) filter (where lower(next_stage) in ('won', 'lost')))::bigint as closings,
    max(entered_on) as last_on
from visible_stage_spells
where stage is not null
group by stage
order by stage
