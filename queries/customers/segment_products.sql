-- Question: which products did each account buy in a year and in the year before?
-- Grain: account × product with a sale in the period or in the twelve months before it.
-- Columns: account_id, product_id, product, category; net_sales, previous_sales (of the twelve months before), money; is_bought,
--   was_bought (units were bought in the period, in the months before).
-- Caveats: the period is twelve whole months.
with sold as (
    select
        account_key, product_key,
        sum(net_amount) filter (where month >= $from_date::date) as net_amount,
        sum(net_amount) filter (where month < $from_date::date) as previous_amount,
        sum(quantity) filter (where month >= $from_date::date) as quantity,
        sum(quantity) filter (where month < $from_date::date) as previous_quantity
    from filtered_sales_months(
        ($from_date::date - interval 12 month)::date, $to_date, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids
    )
    group by all
)
select
    accounts.account_id, products.product_id, products.product, products.category,
    coalesce(sold.net_amount, 0)::double as net_sales, coalesce(sold.previous_amount, 0)::double as previous_sales,
    coalesce(sold.quantity, 0) > 0 as is_bought, coalesce(sold.previous_quantity, 0) > 0 as was_bought
from sold
inner join visible_accounts as accounts on accounts.account_key = sold.account_key
inner join visible_products as products on products.product_key = sold.product_key
order by accounts.account_key, products.product_key
