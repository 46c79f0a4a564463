-- Question: what did each account buy in the period?
-- Grain: account with a sale in the period.
-- Columns: account_key (the store's integer), net_sales (the store's currency).
-- Caveats: a filter by product or salesperson narrows the sales, whoever's the account is.
select account_key, sum(net_amount)::double as net_sales
from filtered_account_months($from_date, $to_date, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids)
group by account_key
