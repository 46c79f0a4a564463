-- Question: what did the contacts with each account cost, month by month?
-- Grain: account × month with an activity, in no order.
-- Columns: account_key (the store's integer), month (its first day), cost (money), hours (both null where nobody wrote them), contacts.
-- Caveats: all visible activities from the period's first month on, whatever the other filters.
select
    account_key, month,
    sum(cost)::double as cost, sum(hours)::double as hours, sum(activity_count)::bigint as contacts
from visible_activity_month
where account_key > 0 and ($from_date is null or month >= date_trunc('month', $from_date::date))
group by account_key, month
