-- Question: in which months did each account order, and how often?
-- Grain: account × month with an order, in no order.
-- Columns: account_key (the store's integer), month, orders (distinct orders).
-- Parameters: before (the day after the last one that is looked at, null = open).
-- Caveats: orders are known by the month. Unsorted: who asks sorts whole numbers faster (measures/pipeline/order_runs.py).
select account_key, month, sum(order_count)::bigint as orders
from filtered_order_months(null, $before, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids)
group by account_key, month
