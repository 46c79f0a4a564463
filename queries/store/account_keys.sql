-- Question: which accounts lie in the filter's regions and under its accounts?
-- Grain: account, in no order.
-- Columns: account_key (the store's integer).
-- Caveats: what the master data say of them is asked once for all filters.
select account_key
from filtered_accounts($region_ids, $account_ids)
