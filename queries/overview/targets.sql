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
            when account_id is not null and product_id is not null then 'account_product'
            when account_id is not null then 'account'
            when salesperson_id is not null and product_id is not null then 'salesperson_product'
            when product_id is not null then 'product'
            when salesperson_id is not null then 'salesperson'
            when region_id is not null then 'region'
            else 'company'
        end as grain
    from filtered_targets($from_date, $to_date, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids)
)
select
    targets.month, regions.region_id, targets.grain,
    sum(targets.amount)::double as amount, sum(targets.quantity)::double as quantity
from targets
left join visible_regions as regions on regions.region_key = targets.region_key
group by all
order by targets.month, regions.region_id, targets.grain
