-- Layout 6 had no roll-ups of what was done about accounts before they bought, and its stays did not name their deal.
create view if not exists numbered_stays as
select deals.opportunity_id, spells.*
from store.stage_spells as spells
inner join store.opportunities as deals on deals.opportunity_key = spells.opportunity_key
where is_visible(spells.region_key);

create view visible_account_first_sale as
select days.account_key, accounts.region_key, min(days.sold_on) as first_sold_on
from store.account_day as days
inner join store.accounts as accounts on accounts.account_key = days.account_key
where is_visible(accounts.region_key)
group by all;

create view visible_prospect_activities as
select
    activities.account_key, activities.region_key, activities.happened_on, activities.kind, lower(trim(activities.outcome)) as outcome,
    sales.first_sold_on
from store.activities as activities
left join visible_account_first_sale as sales on sales.account_key = activities.account_key
where
    activities.account_key > 0 and (sales.first_sold_on is null or activities.happened_on < sales.first_sold_on)
    and is_visible(activities.region_key);

create view visible_rated_indicators as
with texts as (
    select indicator, row_number() over (order by indicator)::integer as indicator_key from store.prospect_scores group by indicator
)
select scores.region_key, texts.indicator_key, scores.indicator, count(*)::bigint as scores
from store.prospect_scores as scores
inner join texts on texts.indicator = scores.indicator
where is_visible(scores.region_key)
group by all;

create view visible_prospect_ratings as
select scores.account_key, scores.region_key, indicators.indicator_key, scores.scored_on, scores.score
from store.prospect_scores as scores
inner join visible_rated_indicators as indicators
    on indicators.region_key = scores.region_key and indicators.indicator = scores.indicator;
