-- Question: what is aimed at, of whom, month by month?
-- Grain: month × region × salesperson × account × grain of the target rows.
-- Columns: month, region_id and region (null for none), salesperson_id, salesperson, account_id, account (null where the row names
--   none), grain (as in overview/targets), amount (the store's currency), quantity (sales units).
-- Caveats: rows of different grains speak of the same sales: take one grain, never their sum. A person's or an account's row without
--   a region belongs to that person's or account's region.
with aimed as (
    select
        month, region_key, salesperson_key, account_key, any_value(salesperson_id) as salesperson_id, any_value(account_id) as account_id,
        case
            when account_id is not null and product_id is not null then 'account_product'
            when account_id is not null then 'account'
            when salesperson_id is not null and product_id is not null then 'salesperson_product'
            when product_id is not null then 'product'
            when salesperson_id is not null then 'salesperson'
            when region_id is not null then 'region'
            else 'company'
        end as grain,
        sum(amount)::double as amount, sum(quantity)::double as quantity
    from filtered_targets($from_date, $to_date, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids)
    group by month, region_key, salesperson_key, account_key, grain
)
select
    aimed.month, regions.region_id, regions.region, aimed.salesperson_id, people.salesperson, aimed.account_id, accounts.account,
    aimed.grain, aimed.amount, aimed.quantity
from aimed
left join visible_regions as regions on regions.region_key = aimed.region_key
left join visible_salespeople as people on people.salesperson_key = aimed.salesperson_key
left join visible_accounts as accounts on accounts.account_key = aimed.account_key
order by aimed.month, regions.region_id, aimed.salesperson_id, aimed.account_id
