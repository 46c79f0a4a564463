-- Question: how many units did each account buy of each product in each month?
-- Grain: account × product × salesperson × month with a sale.
-- Columns: account_key, product_key (the store's integers, named by seasons/board_accounts and seasons/board_products),
--   month (its first day), quantity (sales units).
-- Caveats: the largest question of all: integers only, unordered, and its rows are added up by who asks, since they are put in a
--   grid there anyway (grouping them first takes six times as long, and counting months from days a quarter more). Net of returns.
select
    account_key, product_key,
    month,
    quantity::double as quantity
from filtered_sales_months(
    $from_date, $to_date, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids
)
