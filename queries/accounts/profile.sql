-- Question: who is this account, how does it pay, and on which days did it buy first and last?
-- Grain: one row per account asked for.
-- Columns: account_id, account, kind, stated_kind (null where the file doesn't say), channel, city, region_id, region, salesperson_id,
--   salesperson, parent_account_id, parent_account, opened_on, credit_limit (the store's currency), payment_terms_days,
--   reference_value (0–100), strategic; as_of (last day of the data); invoices, open_amount (not paid on as_of), overdue_amount (of it
--   past due), the store's currency; oldest_due_on (of what is overdue); due_invoices (fell due before as_of), on_time_invoices (of these
--   paid by the due day), late_days (days late, summed over the invoices paid late); first_sold_on, last_sold_on (days with units bought,
--   returns of the day subtracted), first_line_on, last_line_on (days with an order line, a return perhaps).
-- Caveats: the region is the one whose lead sees the account, if need be its parent's or its salesperson's. Invoices are the account's own,
--   of all periods. A day on which as much came back as was bought has lines and no units: accounts/sale_days finds what was bought there.
with today as (
    select as_of from visible_generation
), invoices as (
    select
        receivables.account_key, receivables.amount, receivables.due_on, receivables.paid_on, receivables.due_on < today.as_of as is_due,
        receivables.paid_on is null or receivables.paid_on > today.as_of as is_open
    from visible_receivables as receivables
    cross join today
    where
        list_contains($account_ids, receivables.account_id)
        and (receivables.issued_on is null or receivables.issued_on <= today.as_of)
), credit as (
    select
        account_key, count(*) as invoices,
        coalesce(sum(amount) filter (where is_open), 0) as open_amount,
        coalesce(sum(amount) filter (where is_open and is_due), 0) as overdue_amount,
        min(due_on) filter (where is_open and is_due) as oldest_due_on,
        count(*) filter (where is_due) as due_invoices,
        count(*) filter (where is_due and paid_on <= due_on) as on_time_invoices,
        coalesce(sum(date_diff('day', due_on, paid_on)) filter (where not is_open and paid_on > due_on), 0) as late_days
    from invoices
    group by account_key
), days as (
    select
        account_key, min(sold_on) as first_line_on, max(sold_on) as last_line_on,
        min(sold_on) filter (where quantity > 0) as first_sold_on, max(sold_on) filter (where quantity > 0) as last_sold_on
    from visible_account_days
    where account_key in (select account_key from visible_accounts where list_contains($account_ids, account_id))
    group by account_key
)
select
    accounts.account_id, accounts.account, accounts.kind, accounts.stated_kind, accounts.channel, accounts.city,
    regions.region_id, regions.region, people.salesperson_id, people.salesperson,
    parents.account_id as parent_account_id, parents.account as parent_account,
    accounts.opened_on, accounts.credit_limit::double as credit_limit, accounts.payment_terms_days::double as payment_terms_days,
    accounts.reference_value::double as reference_value, accounts.strategic, today.as_of,
    coalesce(credit.invoices, 0)::bigint as invoices, credit.open_amount::double as open_amount,
    credit.overdue_amount::double as overdue_amount, credit.oldest_due_on,
    coalesce(credit.due_invoices, 0)::bigint as due_invoices, coalesce(credit.on_time_invoices, 0)::bigint as on_time_invoices,
    coalesce(credit.late_days, 0)::bigint as late_days,
    days.first_sold_on, days.last_sold_on, days.first_line_on, days.last_line_on
from visible_accounts as accounts
cross join today
left join visible_regions as regions on regions.region_key = accounts.region_key
left join visible_salespeople as people on people.salesperson_key = accounts.salesperson_key
left join visible_accounts as parents on parents.account_key = accounts.parent_account_key
left join credit on credit.account_key = accounts.account_key
left join days on days.account_key = accounts.account_key
where list_contains($account_ids, accounts.account_id)
order by accounts.account_id
