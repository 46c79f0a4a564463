-- Question: how often did each account order in a year and in the year before, by its key?
-- Grain: account with an order in the period or in the twelve months before it.
-- Columns: account_key, orders, orders_before (of the twelve months before).
-- Caveats: the period is twelve whole months. What only returns goods is no order.
select
    account_key,
    coalesce(sum(order_count) filter (where month >= $from_date::date), 0)::bigint as orders,
    coalesce(sum(order_count) filter (where month < $from_date::date), 0)::bigint as orders_before
from filtered_order_months(
    ($from_date::date - interval 12 month)::date, $to_date, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids
)
group by account_key
order by account_key
