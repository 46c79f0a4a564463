-- Question: which products did the account, and those under it, buy in each month?
-- Grain: product × month × is_own, in no order.
-- Columns: product_key (the store's integer), month, is_own (the account itself, else the accounts under it), net_sales, gross_margin (the
--   store's currency), quantity (sales units).
-- Parameters: account_key (of the account itself).
-- Caveats: gross_margin is null where no cost is known at all.
select
    product_key, month, account_key = $account_key as is_own,
    sum(net_amount)::double as net_sales, sum(margin_amount)::double as gross_margin, sum(quantity)::double as quantity
from filtered_sales_months(
    $from_date, $to_date, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids
)
group by all
