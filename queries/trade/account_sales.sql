-- Question: how much did each account buy in each month, in units and in money, by the accounts' keys?
-- Grain: account × month with a sale.
-- Columns: account_key, month, quantity (sales units), net_sales (money).
-- Caveats: net of returns, so a month may be negative. What it earned is in customers/account_months: two more sums take a third of the time.
--   Who the accounts are is seasons/account_people: a name on each row would take a third of the time, too.
select account_key, month, sum(quantity)::double as quantity, sum(net_amount)::double as net_sales
from filtered_account_months($from_date, $to_date, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids)
group by all
order by account_key, month
