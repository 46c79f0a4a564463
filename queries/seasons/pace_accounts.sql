-- Question: whose are the targets of a signed board?
-- Grain: account within the filters.
-- Columns: account_id, account, region_id and region (null for none), salesperson_id and salesperson (the account's, null for none).
-- Caveats: of a salesperson are the accounts that they look after now.
select accounts.account_id, accounts.account, regions.region_id, regions.region, people.salesperson_id, people.salesperson
from filtered_accounts($region_ids, $account_ids) as accounts
left join visible_regions as regions on regions.region_key = accounts.region_key
left join visible_salespeople as people on people.salesperson_key = accounts.salesperson_key
where is_salesperson_in(accounts.salesperson_key, $salesperson_ids)
order by accounts.account_id
