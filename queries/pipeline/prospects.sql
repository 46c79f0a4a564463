-- Question: who has never bought?
-- Grain: account without an order line up to $until.
-- Columns: account_key (the store's integer), account_id, account, kind, region_id, region, salesperson_key (the store's integer), salesperson_id (as it
--   is written); is_placed (its region or city is known); is_supplied (it stands under another account).
-- Parameters: until (the last day that is looked at).
-- Caveats: any order line counts, whatever product or salesperson the filters name. Accounts opened later are not there yet. What is known of them
--   is asked apart (prospect_reports, account_contacts, prospect_scores): planning so many joins takes longer than all of these.
select
    accounts.account_key, accounts.account_id, accounts.account, accounts.kind, regions.region_id, regions.region,
    accounts.salesperson_key, accounts.salesperson_id,
    regions.region_id is not null or accounts.city is not null as is_placed,
    accounts.parent_account_key != 0 as is_supplied
from filtered_accounts($region_ids, $account_ids) as accounts
left join visible_regions as regions on regions.region_key = accounts.region_key
where
    accounts.account_key not in (select account_key from visible_account_first_sale where first_sold_on <= $until::date)
    and coalesce(accounts.opened_on, $until::date) <= $until::date
    and ($salesperson_ids is null or list_contains($salesperson_ids, accounts.salesperson_id))
    and ($account_kinds is null or list_contains($account_kinds, lower(accounts.kind)))
    and ($channels is null or list_contains($channels, lower(trim(accounts.channel))))
order by accounts.account_key
