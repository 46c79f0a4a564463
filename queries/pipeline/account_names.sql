-- Question: what are the accounts called?
-- Grain: account.
-- Columns: account_key (the store's integer), account_id, account.
-- Caveats: only accounts in the viewer's scope.
select account_key, account_id, account from visible_accounts
