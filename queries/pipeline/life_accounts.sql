-- Question: which accounts have a stage of their life, and whose are they?
-- Grain: account.
-- Columns: account_key (the store's integer), account_id, account, kind, channel, region_key, salesperson_key (the store's integers; 0 where nobody wrote
--   one), opened_on, has_parent (another account supplies or owns it), is_theirs (of the filter's salespeople).
-- Caveats: whatever the day: who asks leaves out accounts that were opened later. What is known of them is asked apart (life_sales, life_deals,
--   life_touches, order_months): planning one question about all of it takes five times as long as these together.
select
    account_key, account_id, account, kind, channel, region_key, salesperson_key, opened_on, parent_account_id is not null as has_parent,
    $salesperson_ids is null or list_contains($salesperson_ids, salesperson_id) as is_theirs
from filtered_accounts($region_ids, $account_ids)
where
    ($account_kinds is null or list_contains($account_kinds, lower(kind)))
    and ($channels is null or list_contains($channels, lower(trim(channel))))
