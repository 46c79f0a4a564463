-- Question: what was done with the account, and with those under it?
-- Grain: activity, in no order.
-- Columns: activity_id, happened_on, account_key, salesperson_key (the store's integers), kind, outcome, hours, cost (the store's currency, an
--   exact decimal: it is added up), planned_on.
-- Caveats: an activity without a kind is a visit.
select
    activity_id, happened_on, account_key, salesperson_key, coalesce(kind, 'visit') as kind, outcome, hours::double as hours, cost, planned_on
from filtered_activities($from_date, $to_date, null, $account_ids, $salesperson_ids)
