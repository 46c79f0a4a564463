-- Question: which accounts are late with their payments?
-- Grain: account with overdue invoices on $as_of.
-- Columns: account_id, account, region_id (null for none), overdue (the store's currency), invoices, oldest_due_on.
-- Parameters: as_of (the day on which an unpaid invoice is called overdue).
-- Caveats: an invoice paid after $as_of is overdue on it. Product, salesperson and period don't narrow invoices.
select
    accounts.account_id, accounts.account, regions.region_id,
    sum(receivables.amount)::double as overdue, count(*)::bigint as invoices, min(receivables.due_on) as oldest_due_on
from visible_receivables as receivables
inner join filtered_accounts($region_ids, $account_ids) as accounts on accounts.account_key = receivables.account_key
left join visible_regions as regions on regions.region_key = accounts.region_key
where receivables.due_on < $as_of::date and (receivables.paid_on is null or receivables.paid_on > $as_of::date)
group by all
having sum(receivables.amount) > 0
order by overdue desc, accounts.account_id
