-- Question: which products did the account, and those under it, buy in each month?
-- Grain: product × month × is_own.
-- Columns: product_id, product, category, month, is_own (the account itself, else the accounts under it), net_sales, gross_margin (the
--   store's currency), quantity (sales units), volume (hl), is_discontinued (by the last day of the data).
-- Caveats: gross_margin is null where no cost is known at all.
with bought as (
    select
        sales.product_key, sales.month,
        sales.account_key in (select account_key from visible_accounts where list_contains($account_ids, account_id)) as is_own,
        sum(sales.net_amount) as net_amount, sum(sales.margin_amount) as margin_amount, sum(sales.quantity) as quantity,
        sum(sales.volume) as volume
    from filtered_sales_months(
        $from_date, $to_date, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids
    ) as sales
    group by all
)
select
    products.product_id, products.product, products.category, bought.month, bought.is_own,
    bought.net_amount::double as net_sales, bought.margin_amount::double as gross_margin,
    bought.quantity::double as quantity, bought.volume::double as volume,
    coalesce(products.discontinued_on <= (select as_of from visible_generation), false) as is_discontinued
from bought
inner join visible_products as products on products.product_key = bought.product_key
order by products.product_id, bought.month, bought.is_own
