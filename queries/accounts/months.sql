-- Question: what did the account, and each account under it, buy in each month?
-- Grain: account of the tree × month with a sale, in no order.
-- Columns: account_key (the store's integer), month, net_sales, gross_margin, returned_amount (negative) in the store's currency, quantity
--   (sales units), volume (hl), line_count (order lines).
-- Caveats: each account's own sales, so that the rows add up to the tree without counting anything twice. gross_margin is null
--   where no cost is known at all.
select
    account_key, month, sum(net_amount)::double as net_sales, sum(margin_amount)::double as gross_margin,
    sum(returned_amount)::double as returned_amount, sum(quantity)::double as quantity, sum(volume)::double as volume,
    sum(line_count)::bigint as line_count
from filtered_account_months(
    $from_date, $to_date, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids
)
group by all
