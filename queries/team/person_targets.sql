-- Question: what was each salesperson to sell in each month?
-- Grain: salesperson × month × grain of the target rows.
-- Columns: salesperson_id, salesperson, region_id, region (the person's), month, grain (salesperson, salesperson_product, account,
--   account_product), target (money).
-- Caveats: rows of different grains speak of the same sales: take one grain. An account's target is that of who looks after it.
with targets as (
    select
        coalesce(nullif(aims.salesperson_key, 0), accounts.salesperson_key) as salesperson_key, aims.month, aims.amount,
        case
            when coalesce(aims.salesperson_key, 0) > 0 then if(aims.product_key > 0, 'salesperson_product', 'salesperson')
            else if(aims.product_key > 0, 'account_product', 'account')
        end as grain
    from filtered_targets($from_date, $to_date, $region_ids, null, null, null, null) as aims
    left join visible_accounts as accounts on accounts.account_key = aims.account_key
    where aims.amount is not null and (aims.salesperson_key > 0 or aims.account_key > 0)
), summed as (
    select salesperson_key, month, grain, sum(amount) as amount
    from targets
    group by all
)
select
    people.salesperson_id, people.salesperson, regions.region_id, regions.region, summed.month, summed.grain, summed.amount::double as target
from summed
inner join visible_salespeople as people on people.salesperson_key = summed.salesperson_key
left join visible_regions as regions on regions.region_key = people.region_key
where $salesperson_ids is null or list_contains($salesperson_ids, people.salesperson_id)
order by people.salesperson_id, summed.month, summed.grain
