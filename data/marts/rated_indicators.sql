-- Grain: region × indicator by which customers-to-be are rated, as it is written: how many scores there are. indicator_key numbers the texts
-- from 1.
create table gen.rated_indicators as
with texts as (
    select indicator, row_number() over (order by indicator)::integer as indicator_key from gen.prospect_scores group by indicator
)
select scores.region_key, texts.indicator_key, scores.indicator, count(*)::bigint as scores
from gen.prospect_scores as scores
inner join texts on texts.indicator = scores.indicator
group by all
order by texts.indicator_key, scores.region_key;
