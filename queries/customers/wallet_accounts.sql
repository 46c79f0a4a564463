-- Question: whose wallets are there?
-- Grain: account, in no order.
-- Columns: account_key, region_key (the store's integers), account_id, account, kind, channel, salesperson_id; is_under (hangs under another
--   account), credit_limit (money).
-- Caveats: the region is the one whose lead sees the account. All that the viewer sees: who is asked about is chosen beside it.
select
    account_key, region_key, account_id, account, kind, channel, salesperson_id, parent_account_key > 0 as is_under,
    credit_limit::double as credit_limit
from visible_accounts
