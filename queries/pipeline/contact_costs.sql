-- Question: what did the contacts with each account cost, month by month?
-- Grain: account × month × person × kind of activity, in no order: who asks adds them up.
-- Columns: account_key (the store's integer), month (its first day), cost (money), hours (both null where nobody wrote them), contacts.
-- Caveats: all visible activities from the period's first month on, whatever the other filters.
select account_key, month, cost::double as cost, hours::double as hours, activity_count as contacts
from visible_activity_month
where account_key > 0 and ($from_date is null or month >= date_trunc('month', $from_date::date))
