-- Question: which deals were open on each of these days, in which stage, and which were won within the following quarter?
-- Grain: one row per day × stage × day of entering it × expected close × amount × is_won.
-- Columns: day, stage, entered_on, expected_close_on, value (expected_amount of one deal, null where nobody wrote one), is_won (won on or after the
--   day and before three months later), deals.
-- Parameters: days (first days of quarters), until (the last day that is looked at), won, closed (stage texts of won; of won and lost).
-- Caveats: the stage is the one of that day; amount and expected close are those of today, for nothing else is known of them.
with standing as (
    select opportunity_key, stage, entered_on, coalesce(left_on, $until::date + 1) as left_on, expected_amount
    from filtered_stage_spells(
        null, null, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids, $sources, $account_kinds, $channels
    )
    where
        entered_on <= $until::date and not list_contains($closed, stage)
        and coalesce(left_on, $until::date + 1) >= (select min(day) from unnest($days::date[]) as days(day))
), won_deals as (
    select opportunity_key, entered_on as won_on
    from filtered_stage_spells(
        null, null, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids, $sources, $account_kinds, $channels
    )
    where left_on is null and list_contains($won, stage) and entered_on <= $until::date
)
select
    days.day, standing.stage, standing.entered_on, opportunities.expected_close_on, standing.expected_amount::double as value,
    coalesce(won_deals.won_on >= days.day and won_deals.won_on < (days.day + interval 3 month)::date, false) as is_won,
    count(*)::bigint as deals
from unnest($days::date[]) as days(day)
inner join standing on standing.entered_on < days.day and standing.left_on >= days.day
inner join visible_opportunities as opportunities on opportunities.opportunity_key = standing.opportunity_key
left join won_deals on won_deals.opportunity_key = standing.opportunity_key
group by all
order by all
