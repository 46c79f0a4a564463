-- Question: who are the accounts that have bought, and since when?
-- Grain: account with a sale before $to_date.
-- Columns: account_key, account_id, account, kind, region_id, region, first_month (month of its first sale within the filters).
-- Caveats: the period's beginning does not narrow it: a first sale lies where it lies.
with begun as (
    select account_key, min(month) as first_month
    from filtered_account_months(null, $to_date, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids)
    group by all
)
select accounts.account_key, accounts.account_id, accounts.account, accounts.kind, regions.region_id, regions.region, begun.first_month
from begun
inner join visible_accounts as accounts on accounts.account_key = begun.account_key
left join visible_regions as regions on regions.region_key = accounts.region_key
order by accounts.account_key
