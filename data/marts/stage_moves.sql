-- Grain: region × stage × next stage (null where nothing followed): how deals pass their stages. position_sum adds up the stays'
-- positions within their deals, from 1; last_on is the last day on which a deal entered the stage.
create table gen.stage_moves as
select
    region_key, stage, next_stage,
    min(stage_number)::integer as stage_number,
    min(stage_key)::integer as stage_key,
    count(*)::bigint as stays,
    sum(spell)::bigint as position_sum,
    max(entered_on) as last_on
from gen.stage_spells
where stage is not null
group by all
order by stage, next_stage, region_key;
