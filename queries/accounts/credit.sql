-- Question: how does this account pay?
-- Grain: one row, none without an invoice.
-- Columns: invoices, open_amount (not paid on $as_of), overdue_amount (of it past due), the store's currency; oldest_due_on (of what is
--   overdue); due_invoices (fell due before $as_of), on_time_invoices (of these paid by the due day), late_days (days late, summed over the
--   invoices paid late).
-- Parameters: account_key (the store's integer), as_of (last day of the data).
-- Caveats: the account's own invoices, of all periods; those issued later are left out.
with invoices as (
    select amount, due_on, paid_on, due_on < $as_of::date as is_due, paid_on is null or paid_on > $as_of::date as is_open
    from visible_receivables
    where account_key = $account_key and (issued_on is null or issued_on <= $as_of::date)
)
select
    count(*)::bigint as invoices,
    coalesce(sum(amount) filter (where is_open), 0)::double as open_amount,
    coalesce(sum(amount) filter (where is_open and is_due), 0)::double as overdue_amount,
    min(due_on) filter (where is_open and is_due) as oldest_due_on,
    count(*) filter (where is_due)::bigint as due_invoices,
    count(*) filter (where is_due and paid_on <= due_on)::bigint as on_time_invoices,
    coalesce(sum(date_diff('day', due_on, paid_on)) filter (where not is_open and paid_on > due_on), 0)::bigint as late_days
from invoices
having count(*) > 0
