-- Question: what was sold to each account in each month?
-- Grain: account × month with a sale.
-- Columns: account_id, account, kind, region_id, month, quantity (sales units), net_sales (money).
-- Caveats: sales to the account itself, without what hangs under it. Net of returns.
select
    accounts.account_id, accounts.account, accounts.kind, regions.region_id, sales.month,
    sum(sales.quantity)::double as quantity,
    sum(sales.net_amount)::double as net_sales
from filtered_account_months(
    $from_date, $to_date, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids
) as sales
inner join visible_accounts as accounts on accounts.account_key = sales.account_key
left join visible_regions as regions on regions.region_key = accounts.region_key
group by all
order by accounts.account_id, sales.month
