-- Question: how many accounts hang directly under each one?
-- Grain: account with another under it, in no order.
-- Columns: account_key (the store's integer), accounts_under.
-- Caveats: whatever the filters.
select parent_account_key as account_key, count(*)::double as accounts_under
from visible_accounts
where parent_account_key > 0
group by parent_account_key
