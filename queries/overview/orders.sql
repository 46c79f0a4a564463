-- Question: how many orders came each month?
-- Grain: month.
-- Columns: month, orders (distinct order numbers).
-- Caveats: an order is counted per account, salesperson and month: one that spans two of them counts twice. Lines without an
--   order number belong to no order; what only returns goods is none.
select month, sum(order_count)::bigint as orders
from filtered_order_months($from_date, $to_date, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids)
group by all
order by month
