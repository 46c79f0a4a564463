-- Question: who looks after each account?
-- Grain: account within the filters.
-- Columns: account_key (what rows of many months name it by), account_id, account, kind, region_id, region, salesperson_id, salesperson.
-- Caveats: the salesperson that the account names now.
select
    accounts.account_key, accounts.account_id, accounts.account, accounts.kind, regions.region_id, regions.region, people.salesperson_id, people.salesperson
from filtered_accounts($region_ids, $account_ids) as accounts
left join visible_regions as regions on regions.region_key = accounts.region_key
left join visible_salespeople as people on people.salesperson_key = accounts.salesperson_key
order by accounts.account_key
