-- Question: what did each account buy of each salesperson in each month?
-- Grain: account × salesperson × month with a sale.
-- Columns: month, region_id (the account's, null for none), salesperson_id, account_id, quantity (sales units), net_sales (money).
-- Caveats: net of returns. A month that the period cuts holds only the period's days.
with months as (
    select account_key, salesperson_key, month, sum(quantity) as quantity, sum(net_amount) as net_amount
    from filtered_account_months($from_date, $to_date, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids)
    group by all
)
select
    months.month, regions.region_id, people.salesperson_id, accounts.account_id,
    months.quantity::double as quantity, months.net_amount::double as net_sales
from months
inner join visible_accounts as accounts on accounts.account_key = months.account_key
left join visible_regions as regions on regions.region_key = accounts.region_key
left join visible_salespeople as people on people.salesperson_key = months.salesperson_key
order by months.month, accounts.account_key, months.salesperson_key
