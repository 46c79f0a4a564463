-- Question: which months and how many accounts does the viewer see?
-- Grain: one row.
-- Columns: as_of (last day with data), first_sold_on, all_accounts (of the company), accounts (in scope).
-- Caveats: the first three are the store's, so that everybody speaks of the same day and knows how much they see of the whole.
select
    generation.as_of, generation.first_sold_on, generation.account_count as all_accounts,
    (select count(*) from visible_accounts)::bigint as accounts
from visible_generation as generation
