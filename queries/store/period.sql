-- Question: which months and how many accounts does the viewer see?
-- Grain: one row.
-- Columns: as_of (last day with data), first_sold_on, accounts (in scope).
-- Caveats: the first two are the store's, so that everybody speaks of the same day.
select
    generation.as_of, generation.first_sold_on,
    (select count(*) from visible_accounts)::bigint as accounts
from visible_generation as generation
