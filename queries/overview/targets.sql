-- Question: what was aimed at, month by month and region by region?
-- Grain: month × region × grain of the target rows.
-- Columns: month, region_id (null for none), grain (whom the rows speak of: salesperson, region, company, account, product and
--   their pairs), amount (the store's currency), quantity (sales units).
-- Caveats: rows of different grains speak of the same sales: take one grain, never their sum. A salesperson's or an account's
--   row without a region belongs to that person's or account's region. A month belongs to the period if its first day does, or
--   if the period begins in it.
with targets as (
    select
        month, region_key, amount, quantity,
        case
            when account_key > 0 and product_key > 0 then 'account_product'
            when account_key > 0 then 'account'
            when salesperson_key > 0 and product_key > 0 then 'salesperson_product'
            when product_key > 0 then 'product'
            when salesperson_key > 0 then 'salesperson'
            when region_id is not null then 'region'
            else 'company'
        end as grain
    from filtered_targets($from_date, $to_date, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids)
), summed as (
    select month, region_key, grain, sum(amount)::double as amount, sum(quantity)::double as quantity from targets group by all
)
select summed.month, regions.region_id, summed.grain, summed.amount, summed.quantity
from summed
left join visible_regions as regions on regions.region_key = summed.region_key
order by summed.month, regions.region_id, summed.grain
