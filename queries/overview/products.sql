-- Question: what was sold of each product in the period, or in each of two periods?
-- Grain: product with a line in the period × is_now.
-- Columns: product_id, product, category, net_sales, gross_margin, returned_amount (negative) in the store's currency,
--   quantity (sales units), volume (hl), is_now (the month is not before now_from; null without now_from).
-- Parameters: before_to and now_from cut the months between two periods out of one long one; null for one period.
-- Caveats: gross_margin is null where no cost is known at all.
select
    products.product_id, products.product, products.category, sales.month >= $now_from::date as is_now,
    sum(sales.net_amount)::double as net_sales,
    sum(sales.margin_amount)::double as gross_margin,
    sum(sales.returned_amount)::double as returned_amount,
    sum(sales.quantity)::double as quantity,
    sum(sales.volume)::double as volume
from filtered_product_months(
    $from_date, $to_date, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids
) as sales
inner join visible_products as products on products.product_key = sales.product_key
where $now_from is null or sales.month >= $now_from::date or sales.month < $before_to::date
group by all
order by products.product_id
