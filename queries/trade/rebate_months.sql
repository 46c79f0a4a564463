-- Question: what did each account that a rebate scheme holds for buy in each month?
-- Grain: account × month with a sale.
-- Columns: account_id, month, net_sales, margin (null where no cost is known), returned_amount (negative), quantity (sales units),
--   volume (hl); money.
-- Caveats: each account's own purchases, not those of the accounts under it. Net of returns: they come off before a tier is counted.
with held as (
    select account_key from visible_rebates
), months as (
    select
        account_key, month, sum(net_amount) as net_amount, sum(margin_amount) as margin_amount, sum(returned_amount) as returned_amount,
        sum(quantity) as quantity, sum(volume) as volume
    from filtered_account_months($from_date, $to_date, $region_ids, $account_ids, null, null, null)
    where account_key in (select account_key from held) or exists (select 1 from held where account_key = 0)
    group by all
)
select
    accounts.account_id, months.month,
    months.net_amount::double as net_sales, months.margin_amount::double as margin, months.returned_amount::double as returned_amount,
    months.quantity::double as quantity, months.volume::double as volume
from months
inner join visible_accounts as accounts on accounts.account_key = months.account_key
order by accounts.account_key, months.month
