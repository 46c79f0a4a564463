-- Question: which products did the account, and those under it, buy?
-- Grain: product × is_own.
-- Columns: product_id, product, category, is_own (the account itself, else the accounts under it), net_sales, gross_margin (the
--   store's currency), quantity (sales units), last_sold_on.
-- Caveats: reads the order lines, for the day of the last sale; returns don't count as one. gross_margin leaves out lines without
--   any known cost.
select
    products.product_id, products.product, products.category,
    list_contains($account_ids, accounts.account_id) as is_own,
    sum(lines.net_amount)::double as net_sales,
    sum(lines.net_amount - lines.estimated_cost)::double as gross_margin,
    sum(lines.quantity)::double as quantity,
    max(lines.sold_on) filter (where lines.quantity > 0) as last_sold_on
from filtered_order_lines(
    $from_date, $to_date, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids
) as lines
inner join visible_accounts as accounts on accounts.account_key = lines.account_key
inner join visible_products as products on products.product_key = lines.product_key
group by all
order by products.product_id, is_own
