-- Question: how many orders came each month from each region?
-- Grain: region × month.
-- Columns: region_id (null for accounts of no region), month, orders (distinct order numbers).
-- Caveats: an order is counted per account, salesperson and month: one that spans two of them counts twice. Lines without an
--   order number belong to no order; what only returns goods is none.
with summed as (
    select accounts.region_key, sales.month, sum(sales.order_count) as orders
    from filtered_order_months(
        $from_date, $to_date, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids
    ) as sales
    inner join visible_accounts as accounts on accounts.account_key = sales.account_key
    group by all
)
select regions.region_id, summed.month, summed.orders::bigint as orders
from summed
left join visible_regions as regions on regions.region_key = summed.region_key
order by summed.month, regions.region_id
