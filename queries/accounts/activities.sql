-- Question: what was done with the account, and with those under it, and how much of it with the account itself?
-- Grain: activity, the newest $most.
-- Columns: activity_id, happened_on, account_id, account, kind, salesperson_id, salesperson, outcome, hours, cost (the store's
--   currency), planned_on. On each row the same of the account's own, all of them: visits_made, calls_made (calls and messages),
--   events_attended, activity_cost (the store's currency; null where no activity states one), last_visit_on.
-- Parameters: most (rows).
-- Caveats: an activity without a kind is a visit. People of regions outside the viewer's scope are not named.
with acts as (
    select
        activities.*, coalesce(activities.kind, 'visit') as told_kind, accounts.account_id as told_id, accounts.account,
        list_contains($account_ids, accounts.account_id) as is_own
    from filtered_activities($from_date, $to_date, null, $account_ids, $salesperson_ids) as activities
    inner join visible_accounts as accounts on accounts.account_key = activities.account_key
)
select
    acts.activity_id, acts.happened_on, acts.told_id as account_id, acts.account, acts.told_kind as kind,
    people.salesperson_id, people.salesperson,
    acts.outcome, acts.hours::double as hours, acts.cost::double as cost, acts.planned_on,
    (count(*) filter (where acts.is_own and acts.told_kind = 'visit') over ())::bigint as visits_made,
    (count(*) filter (where acts.is_own and acts.told_kind in ('call', 'message')) over ())::bigint as calls_made,
    (count(*) filter (where acts.is_own and acts.told_kind = 'event') over ())::bigint as events_attended,
    (sum(acts.cost) filter (where acts.is_own) over ())::double as activity_cost,
    max(acts.happened_on) filter (where acts.is_own and acts.told_kind = 'visit') over () as last_visit_on
from acts
left join visible_salespeople as people on people.salesperson_key = acts.salesperson_key
order by acts.happened_on desc, acts.activity_id
limit $most
