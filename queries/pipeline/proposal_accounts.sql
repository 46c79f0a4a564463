-- Question: which accounts may something be proposed to?
-- Grain: account within the filters, in no order.
-- Columns: account_key, salesperson_key (the store's integers; 0 without a salesperson whom the store knows), salesperson_id (as it is written, where
--   the store knows nobody by that; else null: a text for every account would take as long as all the rest).
-- Caveats: a salesperson's filter keeps the accounts that are theirs. Whether an account buys is for the answer to see; what it is called is
--   asked apart (measures/names.py).
select account_key, salesperson_key, case when salesperson_key = 0 then salesperson_id end as salesperson_id
from filtered_accounts($region_ids, $account_ids)
where $salesperson_ids is null or list_contains($salesperson_ids, salesperson_id)
