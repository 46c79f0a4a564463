-- Question: what did each account pay for each product?
-- Grain: account × product with a sale in the period.
-- Columns: account_key, product_key (the store's integers, as in seasons/cell_months), quantity (sales units), net_sales (money).
-- Caveats: net of returns, so that either may be 0 or below. In order, because prices are sums of these rows: the last digit would be chance.
select
    account_key, product_key,
    sum(quantity)::double as quantity,
    sum(net_amount)::double as net_sales
from filtered_sales_years(
    $from_date, $to_date, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids
)
group by all
order by account_key, product_key
