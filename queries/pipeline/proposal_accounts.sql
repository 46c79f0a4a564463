-- Question: which accounts may something be proposed to?
-- Grain: account within the filters, in no order.
-- Columns: account_key, salesperson_key (the store's integers; 0 where nobody looks after it).
-- Caveats: a salesperson's filter keeps the accounts that are theirs. Whether an account buys is for the answer to see; what it is called is
--   asked apart (measures/names.py).
select account_key, salesperson_key
from filtered_accounts($region_ids, $account_ids)
where $salesperson_ids is null or list_contains($salesperson_ids, salesperson_id)
