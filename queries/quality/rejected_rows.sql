-- Question: how many rows of each table were rejected?
-- Grain: table that a file was imported for.
-- Columns: table_name, rejected (rows).
-- Caveats: only viewers of everything see imports and rejects; the others get no rows at all, which is not the same as 0.
with imported as (
    select distinct table_name from visible_sources
    union
    select distinct table_name from visible_rejected_rows
), rejects as (
    select table_name, count(*) as rejected from visible_rejected_rows group by all
)
select imported.table_name, coalesce(rejects.rejected, 0)::bigint as rejected
from imported
left join rejects on rejects.table_name = imported.table_name
order by imported.table_name
