-- Question: who are the accounts that a target board may hold?
-- Grain: account within the filters.
-- Columns: account_key, account_id, account, kind, region_id, region.
-- Caveats: whether an account still buys is for the answer to see.
select accounts.account_key, accounts.account_id, accounts.account, accounts.kind, regions.region_id, regions.region
from filtered_accounts($region_ids, $account_ids) as accounts
left join visible_regions as regions on regions.region_key = accounts.region_key
order by accounts.account_id
