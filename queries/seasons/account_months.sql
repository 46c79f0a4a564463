-- Question: what was sold to each account in each month?
-- Grain: account × month with a sale.
-- Columns: account_id, account, kind, region_id, month, quantity (sales units), net_sales (money).
-- Caveats: sales to the account itself, without what hangs under it. Net of returns.
with months as (
    select account_key, month, sum(quantity) as quantity, sum(net_amount) as net_amount
    from filtered_account_months(
        $from_date, $to_date, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids
    )
    group by all
)
select
    accounts.account_id, accounts.account, accounts.kind, regions.region_id, months.month,
    months.quantity::double as quantity,
    months.net_amount::double as net_sales
from months
inner join visible_accounts as accounts on accounts.account_key = months.account_key
left join visible_regions as regions on regions.region_key = accounts.region_key
order by accounts.account_key, months.month
