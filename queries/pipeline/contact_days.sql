-- Question: when were these accounts in touch with us?
-- Grain: two-way contact with an account of $accounts.
-- Columns: account_key (the store's integer), happened_on, is_own (the customer's own contact).
-- Parameters: accounts (account keys, null = all), until (the last day that is looked at), one_way, own_touch (outcomes, lower case).
-- Caveats: a contact of anybody with the account counts. An activity is two-way unless its outcome ends as one of $one_way; a message
--   without an outcome is one-way. Unsorted: who asks sorts whole numbers faster (measures/pipeline/contact_runs.py).
select account_key, happened_on, coalesce(list_contains($own_touch, lower(trim(ending_of(outcome)))), false) as is_own
from visible_activities
where
    happened_on <= $until::date
    and account_key > 0 and is_account_in(account_key, null, null)
    and ($accounts::integer[] is null or account_key in (select unnest($accounts::integer[])))
    and not coalesce(list_contains($one_way, lower(trim(ending_of(outcome)))), kind = 'message')
