-- Grain: one stay of a deal in a stage, with what the funnel asks of the deal beside it. left_on is null in a deal's last row, so these
-- rows are the deals. The deals' last rows stand first: most questions ask for them only, and skip the rest unread.
-- An event that names the stage in which the deal stands is no entry: exports of every change of a deal repeat it.
-- spell numbers a deal's stays from 1. Before its first stage a deal stands in none: in a stay numbered 0 that has no stage and no
-- entered_on. began_on is from when the deal stood there: entered_on, or created_on where that is later or there is no stage. next_stage
-- is where it went; last_on is the day of the last stay.
-- Events of one day follow the stages' usual order: the mean number of days from a deal's first event, the usual words of an end last
-- ($usual_ends, in lower case). stage_number numbers the stages in that order from 1; before_number, next_number and last_number are those
-- of the stage before, of next_stage and of last_stage. Grouping and comparing numbers costs a fraction of what the texts cost. stage_key
-- is the same up to 60 (all later ones are 60); stage_mask sums 2^stage_key over the deal's stages.
-- stood_on is the first of the quarters' first days on which the deal stood in the stage; null where it came and left within a quarter.
create table gen.stage_spells as
with first_events as (
    select opportunity_key, min(entered_on) as first_on from gen.stage_events group by all
), usual_days as (
    select events.stage, avg(date_diff('day', first_events.first_on, events.entered_on)) as usual_day
    from gen.stage_events as events
    inner join first_events on first_events.opportunity_key = events.opportunity_key
    group by all
), usual_order as (
    select stage, row_number() over (order by lower(trim(stage)) in $usual_ends, usual_day, stage)::integer as stage_number
    from usual_days
), entries as (
    select
        events.opportunity_key, events.stage, usual_order.stage_number, events.entered_on,
        lag(usual_order.stage_number) over (partition by events.opportunity_key order by events.entered_on, usual_order.stage_number) as before_number
    from gen.stage_events as events
    inner join usual_order on usual_order.stage = events.stage
), spells as (
    select
        opportunity_key, stage, stage_number, least(stage_number, 60) as stage_key, before_number, entered_on,
        lead(entered_on) over path as left_on,
        lead(stage) over path as next_stage,
        lead(stage_number) over path as next_number,
        row_number() over path as spell
    from entries
    where before_number is null or before_number != stage_number
    window path as (partition by opportunity_key order by entered_on, stage_number)
), stays as (
    select * from spells
    union all
    select
        deals.opportunity_key, null as stage, null as stage_number, null as stage_key, null as before_number, null as entered_on, firsts.entered_on as left_on,
        firsts.stage as next_stage, firsts.stage_number as next_number, 0 as spell
    from gen.opportunities as deals
    left join spells as firsts on firsts.opportunity_key = deals.opportunity_key and firsts.spell = 1
    where firsts.spell is null or firsts.entered_on > deals.created_on
), seen as (
    select distinct opportunity_key, stage_key from spells
), masks as (
    select opportunity_key, sum(1::bigint << stage_key)::bigint as stage_mask from seen group by all
), ends as (
    select opportunity_key, stage as last_stage, stage_number as last_number, entered_on as last_on from spells where left_on is null
)
select
    deals.opportunity_key, deals.opportunity_id, deals.region_key, deals.account_key, deals.salesperson_key, deals.product_key,
    deals.created_on, deals.expected_amount, deals.expected_close_on, deals.source, coalesce(sources.source_key, 0) as source_key,
    stays.stage, stays.stage_number, stays.stage_key, stays.before_number, stays.entered_on,
    greatest(deals.created_on, stays.entered_on) as began_on, stays.left_on, stays.next_stage, stays.next_number, stays.spell,
    case
        when stays.left_on is null or date_trunc('quarter', began_on) < date_trunc('quarter', stays.left_on)
        then (date_trunc('quarter', began_on) + interval 3 month)::date
    end as stood_on,
    ends.last_stage, ends.last_number, ends.last_on, coalesce(masks.stage_mask, 0) as stage_mask,
    nullif(trim(deals.lost_reason), '') as lost_reason
from gen.opportunities as deals
left join gen.deal_sources as sources on sources.region_key = deals.region_key and sources.source = deals.source
inner join stays on stays.opportunity_key = deals.opportunity_key
left join ends on ends.opportunity_key = deals.opportunity_key
left join masks on masks.opportunity_key = deals.opportunity_key
order by stays.left_on is not null, deals.opportunity_key, stays.spell;
