-- Question: what is the account of this number called?
-- Grain: one row, none where the viewer doesn't see it.
-- Columns: account_id, account.
-- Parameters: account_key (the store's integer).
-- Caveats: none.
select account_id, account
from visible_accounts
where account_key = $account_key
