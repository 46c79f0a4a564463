-- Question: what did accounts of these kinds buy of each product in each month?
-- Grain: product × month with a sale.
-- Columns: product_id, month, quantity (sales units), net_sales, margin, costed (net sales whose cost is known), money.
-- Caveats: $kinds null = every kind. Net of returns. All sales less those to other kinds: the roll-up of all is small, and others buy little.
with other_accounts as (
    select account_key from visible_accounts where $kinds is not null and not coalesce(list_contains($kinds, kind), false)
),
sales as (
    select product_key, month, quantity, net_amount, margin_amount, costed_amount, line_count
    from filtered_product_months(
        $from_date, $to_date, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids
    )
    union all
    select product_key, month, -quantity, -net_amount, -margin_amount, -costed_amount, -line_count
    from filtered_sales_months(
        $from_date, $to_date, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids
    )
    where account_key in (select account_key from other_accounts)
),
months as (
    select
        product_key, month, sum(quantity) as quantity, sum(net_amount) as net_amount, sum(margin_amount) as margin_amount,
        sum(costed_amount) as costed_amount
    from sales
    group by all
    having sum(line_count) > 0
)
select
    products.product_id, months.month,
    months.quantity::double as quantity,
    months.net_amount::double as net_sales,
    months.margin_amount::double as margin,
    months.costed_amount::double as costed
from months
inner join visible_products as products on products.product_key = months.product_key
order by products.product_id, months.month
