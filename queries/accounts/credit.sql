-- Question: how does the account pay?
-- Grain: one row.
-- Columns: invoices, open_amount (not paid on $as_of), overdue_amount (of it past due), the store's currency; due_invoices (fell due before
--   $as_of), on_time_invoices (of these paid by the due day), late_days (days late, summed over the invoices paid late).
-- Parameters: as_of (the day of looking).
-- Caveats: the account's own invoices, of all periods.
with invoices as (
    select
        amount, due_on, paid_on, due_on < $as_of::date as is_due, paid_on is null or paid_on > $as_of::date as is_open
    from visible_receivables
    where list_contains($account_ids, account_id) and (issued_on is null or issued_on <= $as_of::date)
)
select
    count(*)::bigint as invoices,
    coalesce(sum(amount) filter (where is_open), 0)::double as open_amount,
    coalesce(sum(amount) filter (where is_open and is_due), 0)::double as overdue_amount,
    (count(*) filter (where is_due))::bigint as due_invoices,
    (count(*) filter (where is_due and paid_on <= due_on))::bigint as on_time_invoices,
    coalesce(sum(date_diff('day', due_on, paid_on)) filter (where not is_open and paid_on > due_on), 0)::bigint as late_days
from invoices
