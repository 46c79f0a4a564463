-- Layout 4 had no roll-up of the moves between stages.
create view visible_stage_moves as
select
    region_key, stage, next_stage,
    min(stage_key)::integer as stage_key, count(*)::bigint as stays, sum(spell)::bigint as position_sum, max(entered_on) as last_on
from store.stage_spells
where stage is not null and is_visible(region_key)
group by all;
