-- Question: what did accounts of these kinds buy of each product in each month?
-- Grain: product × month with a sale.
-- Columns: product_id, month, quantity (sales units), net_sales, margin, costed (net sales whose cost is known), money.
-- Caveats: $kinds null = every kind. Net of returns.
select
    products.product_id, sales.month,
    sum(sales.quantity)::double as quantity,
    sum(sales.net_amount)::double as net_sales,
    sum(sales.margin_amount)::double as margin,
    sum(sales.costed_amount)::double as costed
from filtered_sales_months(
    $from_date, $to_date, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids
) as sales
inner join visible_accounts as accounts on accounts.account_key = sales.account_key
inner join visible_products as products on products.product_key = sales.product_key
where $kinds is null or list_contains($kinds, accounts.kind)
group by all
order by products.product_id, sales.month
