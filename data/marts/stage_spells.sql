-- Grain: one stay of a deal in a stage. left_on is null while the deal is still there; next_stage is where it went.
-- Events of one day follow the stages' usual order: the mean number of days from a deal's first event, `won` and `lost` last.
create table gen.stage_spells as
with first_events as (
    select opportunity_key, min(entered_on) as first_on from gen.stage_events group by all
), usual_order as (
    select events.stage, avg(date_diff('day', first_events.first_on, events.entered_on)) as usual_day
    from gen.stage_events as events
    inner join first_events on first_events.opportunity_key = events.opportunity_key
    group by all
)
select
    events.opportunity_key, events.region_key, events.stage, events.entered_on,
    lead(events.entered_on) over spells as left_on,
    lead(events.stage) over spells as next_stage,
    row_number() over spells as spell
from gen.stage_events as events
inner join usual_order on usual_order.stage = events.stage
window spells as (
    partition by events.opportunity_key
    order by events.entered_on, events.stage in ('won', 'lost'), usual_order.usual_day, events.stage
)
order by events.opportunity_key, spell;
