-- Question: how much did each account buy in each month, in units and in money?
-- Grain: account × month with a sale.
-- Columns: account_id, month, quantity (sales units), net_sales (money).
-- Caveats: net of returns, so a month may be negative. What it earned is in customers/account_months: two more sums take a third of the time.
with months as (
    select account_key, month, sum(quantity) as quantity, sum(net_amount) as net_amount
    from filtered_account_months($from_date, $to_date, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids)
    group by all
)
select accounts.account_id, months.month, months.quantity::double as quantity, months.net_amount::double as net_sales
from months
inner join visible_accounts as accounts on accounts.account_key = months.account_key
order by accounts.account_key, months.month
