-- Grain: one stay of a deal in a stage, with what the funnel asks of the deal beside it; a deal without stage events has one row
-- without a stage. left_on is null in a deal's last row, so these rows are the deals. next_stage is where it went.
-- The deals' last rows stand first: most questions ask for them only, and skip the rest unread.
-- Events of one day follow the stages' usual order: the mean number of days from a deal's first event, `won` and `lost` last.
-- stage_key numbers the stages in that order from 1 (60 and over is 60); stage_mask sums 2^stage_key over the deal's stages.
create table gen.stage_spells as
with first_events as (
    select opportunity_key, min(entered_on) as first_on from gen.stage_events group by all
), usual_days as (
    select events.stage, avg(date_diff('day', first_events.first_on, events.entered_on)) as usual_day
    from gen.stage_events as events
    inner join first_events on first_events.opportunity_key = events.opportunity_key
    group by all
), usual_order as (
    select stage, least(row_number() over (order by lower(trim(stage)) in ('won', 'lost'), usual_day, stage), 60)::integer as stage_key
    from usual_days
), spells as (
    select
        events.opportunity_key, events.stage, usual_order.stage_key, events.entered_on,
        lead(events.entered_on) over path as left_on,
        lead(events.stage) over path as next_stage,
        row_number() over path as spell
    from gen.stage_events as events
    inner join usual_order on usual_order.stage = events.stage
    window path as (partition by events.opportunity_key order by events.entered_on, usual_order.stage_key, events.stage)
), seen as (
    select distinct opportunity_key, stage_key from spells
), masks as (
    select opportunity_key, sum(1::bigint << stage_key)::bigint as stage_mask from seen group by all
), ends as (
    select opportunity_key, stage as last_stage from spells where left_on is null
)
select
    deals.opportunity_key, deals.region_key, deals.account_key, deals.salesperson_key, deals.product_key,
    deals.created_on, deals.expected_amount, deals.source,
    spells.stage, spells.stage_key, spells.entered_on, spells.left_on, spells.next_stage, spells.spell,
    ends.last_stage, coalesce(masks.stage_mask, 0) as stage_mask
from gen.opportunities as deals
left join spells on spells.opportunity_key = deals.opportunity_key
left join ends on ends.opportunity_key = deals.opportunity_key
left join masks on masks.opportunity_key = deals.opportunity_key
order by spells.left_on is not null, deals.opportunity_key, spells.spell;
