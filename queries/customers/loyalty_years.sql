-- Question: how many different things does each account buy in each year, and how often does it order?
-- Grain: account × twelve months, counted back from $to_date, in which units were bought.
-- Columns: account_key, years_back (0 = the twelve months before $to_date), products, categories (of which units were bought, net of
--   returns), orders.
-- Caveats: the period is whole years. What only returns goods is no order.
with sold as (
    select account_key, product_key, (date_diff('month', month, $to_date::date) - 1) // 12 as years_back, sum(quantity) as quantity
    from filtered_sales_years($from_date, $to_date, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids)
    group by all
), bought as (
    select sold.account_key, sold.years_back, count(*) as products, count(distinct products.category) as categories
    from sold
    inner join visible_products as products on products.product_key = sold.product_key
    where sold.quantity > 0
    group by all
), ordered as (
    select account_key, (date_diff('month', month, $to_date::date) - 1) // 12 as years_back, sum(order_count) as orders
    from filtered_order_months($from_date, $to_date, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids)
    group by all
)
select
    bought.account_key, bought.years_back::bigint as years_back, bought.products::bigint as products,
    bought.categories::bigint as categories, coalesce(ordered.orders, 0)::bigint as orders
from bought
left join ordered on ordered.account_key = bought.account_key and ordered.years_back = bought.years_back
order by bought.account_key, bought.years_back
