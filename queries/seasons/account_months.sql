-- Question: what was sold to each account in each month, by the accounts' keys?
-- Grain: account × month with a sale.
-- Columns: account_key (the store's integer, named by seasons/board_accounts), region_id, month, quantity (sales units), net_sales (money).
-- Caveats: sales to the account itself, without what hangs under it. Net of returns. A name on each of a hundred thousand rows would
--   take as long as the sums; the region is there for answers that are part of another (queries/cache.py).
with months as (
    select account_key, month, sum(quantity) as quantity, sum(net_amount) as net_amount
    from filtered_account_months(
        $from_date, $to_date, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids
    )
    group by all
)
select
    months.account_key, regions.region_id, months.month,
    months.quantity::double as quantity,
    months.net_amount::double as net_sales
from months
inner join visible_accounts as accounts on accounts.account_key = months.account_key
left join visible_regions as regions on regions.region_key = accounts.region_key
order by months.account_key, months.month
