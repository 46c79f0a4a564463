-- Question: where do deals come from?
-- Grain: source.
-- Columns: source (the user's own text; written in several ways, the first of them), deals.
-- Caveats: all visible deals, whatever the filters. A deal of which nobody wrote the source is not here.
select min(trim(source)) as source, count(*)::bigint as deals
from visible_stage_spells
where left_on is null and trim(source) != ''
group by lower(trim(source))
order by deals desc, source
