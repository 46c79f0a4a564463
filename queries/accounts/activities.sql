-- Question: what was done with the account, and with those under it?
-- Grain: activity, the newest $most.
-- Columns: activity_id, happened_on, account_id, account, kind, salesperson_id, salesperson, outcome, hours, cost (the store's
--   currency), planned_on.
-- Parameters: most (rows).
-- Caveats: an activity without a kind is a visit. People of regions outside the viewer's scope are not named.
select
    activities.activity_id, activities.happened_on, accounts.account_id, accounts.account,
    coalesce(activities.kind, 'visit') as kind,
    people.salesperson_id, people.salesperson,
    activities.outcome, activities.hours::double as hours, activities.cost::double as cost, activities.planned_on
from filtered_activities($from_date, $to_date, null, $account_ids, $salesperson_ids) as activities
inner join visible_accounts as accounts on accounts.account_key = activities.account_key
left join visible_salespeople as people on people.salesperson_key = activities.salesperson_key
order by activities.happened_on desc, activities.activity_id
limit $most
