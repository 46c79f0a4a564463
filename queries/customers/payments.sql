-- Question: how does each account pay, by its key?
-- Grain: account with an invoice that was issued before $to_date.
-- Columns: account_key, due_amount, on_time_amount (invoices due before $to_date, and of these paid by their day), open_amount (unpaid at
--   $to_date), invoices; money.
-- Caveats: receivables know no product: they are the account's whole. All accounts that the viewer sees: who is asked about is chosen beside it.
select
    account_key,
    coalesce(sum(amount) filter (where due_on < $to_date::date), 0)::double as due_amount,
    coalesce(sum(amount) filter (where due_on < $to_date::date and paid_on <= due_on), 0)::double as on_time_amount,
    coalesce(sum(amount) filter (where paid_on is null or paid_on >= $to_date::date), 0)::double as open_amount,
    count(*)::bigint as invoices
from visible_receivables
where coalesce(issued_on, due_on) < $to_date::date
group by account_key
