-- Question: where do deals come from?
-- Grain: source.
-- Columns: source (the user's own text; written in several ways, the first of them; empty for deals of which nobody wrote one), deals.
-- Caveats: all visible deals, whatever the filters.
select min(coalesce(trim(source), '')) as source, sum(deals)::bigint as deals
from visible_deal_sources
group by coalesce(lower(trim(source)), '')
order by deals desc, source
