-- Question: which products did each account buy in a year and in the year before, by the keys of both?
-- Grain: account × product with a sale in the period or in the twelve months before it.
-- Columns: account_key, product_key; net_sales, previous_sales (of the twelve months before), money; is_bought, was_bought (units were
--   bought in the period, in the months before).
-- Caveats: the period is twelve whole months. Names are those of store/account_descriptions and store/products: four on each of fifty
--   thousand rows would take a third of the time.
with sold as (
    select
        account_key, product_key, sum(net_amount) as both_amount, sum(quantity) as both_quantity,
        sum(case when month >= $from_date::date then net_amount else 0 end) as net_amount,
        sum(case when month >= $from_date::date then quantity else 0 end) as quantity
    from filtered_sales_years(
        ($from_date::date - interval 12 month)::date, $to_date, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids
    )
    group by all
)
select
    account_key, product_key, net_amount::double as net_sales, (both_amount - net_amount)::double as previous_sales,
    quantity > 0 as is_bought, both_quantity > quantity as was_bought
from sold
order by account_key, product_key
