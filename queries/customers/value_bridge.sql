-- Question: what was sold of each product in two periods, to accounts that bought in both, only in the first, or only in the second?
-- Grain: product × region × kind of account (kept, new, lost).
-- Columns: product_id, product, category; region_id and region (null for accounts of no region); buyers; previous_quantity,
--   previous_sales of [$previous_from, $previous_to); quantity, net_sales of the period; sales units and money.
-- Caveats: an account bought in a period where its units there, returns subtracted, are above 0. One that bought in neither is new
--   where the earlier period holds no units of it, else lost.
with sales as (
    select
        account_key, product_key, 0 as previous_quantity, 0 as previous_amount,
        sum(quantity) as quantity, sum(net_amount) as net_amount
    from filtered_sales_months($from_date, $to_date, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids)
    group by all
    union all
    select
        account_key, product_key, sum(quantity) as previous_quantity, sum(net_amount) as previous_amount,
        0 as quantity, 0 as net_amount
    from filtered_sales_months($previous_from, $previous_to, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids)
    group by all
), buyers as (
    select
        account_key,
        case
            when sum(previous_quantity) > 0 and sum(quantity) > 0 then 'kept'
            when sum(quantity) > 0 or sum(previous_quantity) <= 0 then 'new'
            else 'lost'
        end as buyers
    from sales
    group by account_key
), sums as (
    select
        sales.product_key, accounts.region_key, buyers.buyers,
        sum(sales.previous_quantity) as previous_quantity, sum(sales.previous_amount) as previous_amount,
        sum(sales.quantity) as quantity, sum(sales.net_amount) as net_amount
    from sales
    inner join buyers on buyers.account_key = sales.account_key
    inner join visible_accounts as accounts on accounts.account_key = sales.account_key
    group by all
)
select
    products.product_id, products.product, products.category, regions.region_id, regions.region, sums.buyers,
    sums.previous_quantity::double as previous_quantity, sums.previous_amount::double as previous_sales,
    sums.quantity::double as quantity, sums.net_amount::double as net_sales
from sums
inner join visible_products as products on products.product_key = sums.product_key
left join visible_regions as regions on regions.region_key = sums.region_key
order by products.product_id, regions.region_id, sums.buyers
