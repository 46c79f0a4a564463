-- Question: whose wallets are there?
-- Grain: account, in no order.
-- Columns: account_key, region_key (the store's integers), account_id, account, kind, channel; is_under (hangs under another account),
--   credit_limit (money), is_theirs (of the filter's salespeople).
-- Caveats: the region is the one whose lead sees the account.
select
    account_key, region_key, account_id, account, kind, channel, parent_account_key > 0 as is_under, credit_limit::double as credit_limit,
    $salesperson_ids is null or list_contains($salesperson_ids, salesperson_id) as is_theirs
from filtered_accounts($region_ids, $account_ids)
