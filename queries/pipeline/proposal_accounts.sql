-- Question: which accounts may something be proposed to?
-- Grain: account within the filters, by account_id.
-- Columns: account_key (the store's integer), account_id, account, kind, region_id, region, channel, salesperson.
-- Caveats: a salesperson's filter keeps the accounts that are theirs. Whether an account buys is for the answer to see.
select
    accounts.account_key, accounts.account_id, accounts.account, accounts.kind, regions.region_id, regions.region, accounts.channel,
    people.salesperson
from filtered_accounts($region_ids, $account_ids) as accounts
left join visible_regions as regions on regions.region_key = accounts.region_key
left join visible_salespeople as people on people.salesperson_key = accounts.salesperson_key
where $salesperson_ids is null or list_contains($salesperson_ids, accounts.salesperson_id)
order by accounts.account_id
