-- Question: how much did each account buy from us in the period?
-- Grain: account with a sale, in no order.
-- Columns: account_key (the store's integer), own (net sales, money).
-- Caveats: whatever the filters' regions and accounts, so that one answer serves them all.
select account_key, sum(net_amount)::double as own
from filtered_account_months($from_date, $to_date, null, null, $categories, $product_ids, $salesperson_ids)
group by account_key
