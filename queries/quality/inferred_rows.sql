-- Question: how many rows of each table does no file list, because other tables alone name their ids?
-- Grain: table to which such ids are added, with a row.
-- Columns: table_name, inferred (rows).
-- Caveats: only viewers of everything see which file a row comes from; the others get no rows at all, which is not the same as 0.
with held as (
    select 'regions' as table_name, source_key from visible_regions
    union all
    select 'salespeople', source_key from visible_salespeople
    union all
    select 'programmes', source_key from visible_programmes
)
select held.table_name, count(*) filter (where sources.table_name <> held.table_name)::bigint as inferred
from held
inner join visible_sources as sources on sources.source_key = held.source_key
group by all
order by held.table_name
