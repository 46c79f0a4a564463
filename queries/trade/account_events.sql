-- Question: how often was each account taken to an event in each month, and what did that cost, by the accounts' keys?
-- Grain: account × month with an activity of kind event.
-- Columns: account_key, month; event_count, hours; cost (money).
-- Caveats: what was spent on being together: lunches, golf, trips, parties. An event whose outcome names a programme of kind training or
--   content is left out: there the customer learns something.
with lessons as (
    select lower(trim(programme)) as name, lower(programme_id) as code
    from visible_programmes
    where kind in ('training', 'content')
), acts as (
    select account_key, date_trunc('month', happened_on)::date as month, lower(coalesce(outcome, '')) as outcome, hours, cost
    from filtered_activities($from_date, $to_date, $region_ids, $account_ids, $salesperson_ids)
    where account_key > 0 and kind = 'event'
), taught as (
    select distinct outcomes.outcome
    from (select distinct outcome from acts) as outcomes
    inner join lessons on contains(outcomes.outcome, lessons.name) or (length(lessons.code) >= 4 and contains(outcomes.outcome, lessons.code))
)
select
    account_key, month,
    count(*)::bigint as event_count,
    coalesce(sum(hours), 0)::double as hours,
    coalesce(sum(cost), 0)::double as cost
from acts
where outcome not in (select outcome from taught)
group by all
order by account_key, month
