-- Question: how many units did each account buy in each month, by the accounts' keys?
-- Grain: account × month with a sale.
-- Columns: account_key, month, quantity (sales units).
-- Caveats: sales to the account itself, without what hangs under it. Net of returns. Who the accounts are: seasons/account_people.
select account_key, month, sum(quantity)::double as quantity
from filtered_account_months($from_date, $to_date, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids)
group by all
order by account_key, month
