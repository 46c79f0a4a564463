-- Grain: one score of an account on an indicator, by number and sorted by account: a number costs a fraction of what the text costs.
create table gen.prospect_ratings as
select scores.account_key, scores.region_key, indicators.indicator_key, scores.scored_on, scores.score
from gen.prospect_scores as scores
inner join gen.rated_indicators as indicators on indicators.region_key = scores.region_key and indicators.indicator = scores.indicator
order by scores.account_key, scores.scored_on, indicators.indicator_key;
