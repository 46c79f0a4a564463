-- Question: how many units did each account buy in each month?
-- Grain: account × month with a sale.
-- Columns: account_id, month, quantity (sales units).
-- Caveats: sales to the account itself, without what hangs under it. Net of returns. Who the accounts are: seasons/account_people.
with months as (
    select account_key, month, sum(quantity) as quantity
    from filtered_account_months($from_date, $to_date, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids)
    group by all
)
select accounts.account_id, months.month, months.quantity::double as quantity
from months
inner join visible_accounts as accounts on accounts.account_key = months.account_key
order by accounts.account_key, months.month
