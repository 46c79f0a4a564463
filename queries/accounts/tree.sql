-- Question: who is the account, and which accounts lie under it?
-- Grain: account of the tree, in no order.
-- Columns: account_key, region_key, salesperson_key, parent_account_key (the store's integers), account_id, account, kind, stated_kind (null
--   where the file doesn't say), channel, city, parent_account_id, opened_on, credit_limit (the store's currency), payment_terms_days,
--   reference_value (0–100), strategic.
-- Caveats: the region is the one whose lead sees the account, if need be its parent's or its salesperson's. Names of regions and people, and
--   how far below the account the others lie, are asked apart: most accounts have none under them.
select
    account_key, region_key, salesperson_key, parent_account_key, account_id, account, kind, stated_kind, channel, city, parent_account_id,
    opened_on, credit_limit::double as credit_limit, payment_terms_days::double as payment_terms_days,
    reference_value::double as reference_value, strategic
from filtered_accounts(null, $account_ids)
