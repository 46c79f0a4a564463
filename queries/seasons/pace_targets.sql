-- Question: what is aimed at, of whom, month by month?
-- Grain: month × region × salesperson × account × grain of the target rows.
-- Columns: month, region_id and region (null for none), salesperson_id, salesperson, account_id, account (null where the row names
--   none), grain (as in overview/targets), amount (the store's currency), quantity (sales units).
-- Caveats: rows of different grains speak of the same sales: take one grain, never their sum. A person's or an account's row without
--   a region belongs to that person's or account's region.
select
    targets.month, regions.region_id, regions.region, targets.salesperson_id, people.salesperson, targets.account_id, accounts.account,
    case
        when targets.account_id is not null and targets.product_id is not null then 'account_product'
        when targets.account_id is not null then 'account'
        when targets.salesperson_id is not null and targets.product_id is not null then 'salesperson_product'
        when targets.product_id is not null then 'product'
        when targets.salesperson_id is not null then 'salesperson'
        when targets.region_id is not null then 'region'
        else 'company'
    end as grain,
    sum(targets.amount)::double as amount, sum(targets.quantity)::double as quantity
from filtered_targets($from_date, $to_date, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids) as targets
left join visible_regions as regions on regions.region_key = targets.region_key
left join visible_salespeople as people on people.salesperson_key = targets.salesperson_key
left join visible_accounts as accounts on accounts.account_key = targets.account_key
group by all
order by targets.month, regions.region_id, targets.salesperson_id, targets.account_id
