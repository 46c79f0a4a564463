-- Question: in which months did each account order, and how often?
-- Grain: account × salesperson × month with an order (a cut month twice: its days by the order lines), in no order.
-- Columns: account_key (the store's integer), month, orders (distinct orders).
-- Parameters: before (the day after the last one that is looked at, null = open).
-- Caveats: orders are known by the month. Neither added up nor sorted: who asks does both on whole numbers faster
--   (measures/pipeline/order_runs.py).
select account_key, month, order_count::bigint as orders
from filtered_order_months(null, $before, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids)
