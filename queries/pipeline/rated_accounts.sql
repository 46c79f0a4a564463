-- Question: which accounts were ever rated?
-- Grain: account with a score.
-- Columns: account_key (the store's integer), account_id.
-- Caveats: all that the viewer sees, whatever the filters and whenever they were rated.
select account_key, account_id
from visible_accounts
where account_key in (select account_key from visible_prospect_ratings)
order by account_id
