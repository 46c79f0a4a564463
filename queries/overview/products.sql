-- Question: what was sold of each product?
-- Grain: product with a line in the period.
-- Columns: product_id, product, category, net_sales, gross_margin, returned_amount (negative) in the store's currency,
--   quantity (sales units), volume (hl).
-- Caveats: gross_margin is null where no cost is known at all.
select
    products.product_id, products.product, products.category,
    sum(sales.net_amount)::double as net_sales,
    sum(sales.margin_amount)::double as gross_margin,
    sum(sales.returned_amount)::double as returned_amount,
    sum(sales.quantity)::double as quantity,
    sum(sales.volume)::double as volume
from filtered_product_months(
    $from_date, $to_date, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids
) as sales
inner join visible_products as products on products.product_key = sales.product_key
group by all
order by products.product_id
