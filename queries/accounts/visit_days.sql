-- Question: when was this account last visited, and when was anything last done with it?
-- Grain: one row; null where nothing was.
-- Columns: last_visit_on (by $as_of), last_activity_on.
-- Parameters: account_key (the store's integer), as_of (last day of the data).
-- Caveats: the account's own activities, of all periods and by whomever. An activity without a kind is a visit.
select
    max(happened_on) filter (where coalesce(kind, 'visit') = 'visit' and happened_on <= $as_of::date) as last_visit_on,
    max(happened_on) as last_activity_on
from visible_activities
where account_key = $account_key
