-- Question: what did each salesperson sell in each month?
-- Grain: salesperson × month.
-- Columns: salesperson_id, salesperson, region_id, region (the person's), month, net_sales (money).
-- Caveats: who sold, not who is responsible; only sales to accounts that the viewer sees.
with sold as (
    select salesperson_key, month, sum(net_amount) as net_amount
    from filtered_account_months($from_date, $to_date, $region_ids, null, null, null, $salesperson_ids)
    group by all
)
select
    people.salesperson_id, people.salesperson, regions.region_id, regions.region, sold.month, sold.net_amount::double as net_sales
from sold
inner join visible_salespeople as people on people.salesperson_key = sold.salesperson_key
left join visible_regions as regions on regions.region_key = people.region_key
order by people.salesperson_id, sold.month
