-- Question: which deals were open on each of these days, in which stage, and which were won within the following quarter?
-- Grain: one row per day × stage × day of entering it × expected close × amount × is_won.
-- Columns: day, stage, entered_on, expected_close_on, value (expected_amount of one deal, null where nobody wrote one), is_won (won on or after the
--   day and before three months later), deals.
-- Parameters: days (first days of quarters), until (the last day that is looked at), won, closed (numbers of the stage won; of won and lost).
-- Caveats: the stage is the one of that day; amount and expected close are those of today, for nothing else is known of them.
--   A stay that began and ended in one quarter stood on no first day of one, and is not looked at.
with standing as (
    select
        stage_number, stage, entered_on, coalesce(left_on, $until::date + 1) as left_on, expected_amount, expected_close_on,
        case when list_contains($won::integer[], last_number) and last_on <= $until::date then last_on end as won_on
    from filtered_stage_spells(
        null, null, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids, $sources, $account_kinds, $channels
    )
    where
        stood_on <= $until::date and entered_on <= $until::date and not list_contains($closed::integer[], stage_number)
        and coalesce(left_on, $until::date + 1) >= (select min(day) from unnest($days::date[]) as days(day))
)
select
    days.day, any_value(standing.stage) as stage, standing.entered_on, standing.expected_close_on, standing.expected_amount::double as value,
    coalesce(standing.won_on >= days.day and standing.won_on < (days.day + interval 3 month)::date, false) as is_won,
    count(*)::bigint as deals
from unnest($days::date[]) as days(day)
inner join standing on standing.entered_on < days.day and standing.left_on >= days.day
group by standing.stage_number, days.day, standing.entered_on, standing.expected_close_on, standing.expected_amount, is_won
order by all
