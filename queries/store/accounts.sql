-- Question: which accounts can be chosen?
-- Grain: account.
-- Columns: account_id, account, kind.
-- Caveats: accounts with sales of their own or with accounts under them; outlets without sales are reached from their distributor.
select account_id, account, kind
from visible_accounts
where
    account_key in (select account_key from filtered_account_months(null, null, null, null, null, null, null))
    or account_key in (select parent_account_key from visible_accounts)
order by account, account_id
