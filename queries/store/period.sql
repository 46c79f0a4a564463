-- Question: which months and how many accounts does the viewer see?
-- Grain: one row.
-- Columns: as_of (last day with data, whole store), first_sold_on, accounts (accounts in scope).
-- Caveats: as_of is the store's, so that everybody speaks of the same day.
select
    generation.as_of, generation.first_sold_on,
    (select count(*) from visible_accounts)::bigint as accounts
from visible_generation as generation
