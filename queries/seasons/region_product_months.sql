-- Question: what was sold of each product in each region and month?
-- Grain: region × product × month with a sale.
-- Columns: region_id (null for accounts of no region), product_id, product, category, month, quantity (sales units), net_sales (money).
-- Caveats: net of returns.
select
    regions.region_id, products.product_id, products.product, products.category, sales.month,
    sum(sales.quantity)::double as quantity,
    sum(sales.net_amount)::double as net_sales
from filtered_product_months(
    $from_date, $to_date, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids
) as sales
inner join visible_products as products on products.product_key = sales.product_key
left join visible_regions as regions on regions.region_key = sales.region_key
group by all
order by products.product_id, regions.region_id, sales.month
