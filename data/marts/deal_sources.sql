-- Grain: region × source of deals, as it is written: how many deals there are. source_key numbers the texts from 1; 0, with a null, stands
-- for deals of which nobody wrote one.
create table gen.deal_sources as
with texts as (
    select source, row_number() over (order by source)::integer as source_key from gen.opportunities where source is not null group by source
)
select deals.region_key, coalesce(texts.source_key, 0) as source_key, deals.source, count(*)::bigint as deals
from gen.opportunities as deals
left join texts on texts.source = deals.source
group by all
order by source_key, deals.region_key;
