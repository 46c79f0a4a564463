-- Question: how often was the account itself visited, called and invited, and what did it cost?
-- Grain: one row per account asked for.
-- Columns: account_id, visits_made, calls_made (calls and messages), events_attended, activity_cost (the store's currency; null where no
--   activity states one), last_visit_on.
-- Caveats: an activity without a kind is a visit. What was done with the accounts under it is not its own.
with own as (
    select activities.*, coalesce(activities.kind, 'visit') as told_kind
    from filtered_activities($from_date, $to_date, null, $account_ids, $salesperson_ids) as activities
)
select
    accounts.account_id,
    count(*) filter (where own.told_kind = 'visit')::bigint as visits_made,
    count(*) filter (where own.told_kind in ('call', 'message'))::bigint as calls_made,
    count(*) filter (where own.told_kind = 'event')::bigint as events_attended,
    sum(own.cost)::double as activity_cost,
    max(own.happened_on) filter (where own.told_kind = 'visit') as last_visit_on
from visible_accounts as accounts
left join own on own.account_key = accounts.account_key
where list_contains($account_ids, accounts.account_id)
group by accounts.account_id
order by accounts.account_id
