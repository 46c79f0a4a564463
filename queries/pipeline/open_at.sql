-- Question: which deals were open on each of these days, in which stage, and which were won within the following quarter?
-- Grain: one row per day × deal that was open on it.
-- Columns: day, stage_number (the store's number of the stage), entered_on, expected_close_on, value (expected_amount, null where nobody
--   wrote one), is_won (won on or after the day, and won still three months after it).
-- Parameters: days (first days of quarters), until (the last day that is looked at), won, closed (numbers of the stage won; of won and lost).
-- Caveats: the stage is the one of that day; amount and expected close are those of today, for nothing else is known of them.
--   A stay that began and ended in one quarter stood on no first day of one, and is not looked at.
with standing as (
    select
        opportunity_key, stage_number, entered_on, coalesce(left_on, $until::date + 1) as left_on, expected_amount, expected_close_on,
        case when list_contains($won::integer[], last_number) and last_on <= $until::date then last_on end as won_on
    from filtered_stage_spells(
        null, null, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids, $sources, $account_kinds, $channels
    )
    where
        stood_on <= $until::date and entered_on <= $until::date and not list_contains($closed::integer[], stage_number)
        and coalesce(left_on, $until::date + 1) >= (select min(day) from unnest($days::date[]) as days(day))
), reopened_wins as (
    select opportunity_key, entered_on as won_on, left_on as reopened_on
    from filtered_stage_spells(
        null, null, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids, $sources, $account_kinds, $channels
    )
    where left_on is not null and list_contains($won::integer[], stage_number)
), once_won as (
    select distinct reopened_wins.opportunity_key, days.day
    from reopened_wins
    inner join unnest($days::date[]) as days(day)
        on reopened_wins.won_on >= days.day and reopened_wins.won_on < days.day + interval 3 month
        and reopened_wins.reopened_on >= days.day + interval 3 month
)
select
    days.day, standing.stage_number, standing.entered_on, standing.expected_close_on, standing.expected_amount::double as value,
    once_won.day is not null
    or coalesce(standing.won_on >= days.day and standing.won_on < (days.day + interval 3 month)::date, false) as is_won
from unnest($days::date[]) as days(day)
inner join standing on standing.entered_on < days.day and standing.left_on >= days.day
left join once_won on once_won.opportunity_key = standing.opportunity_key and once_won.day = days.day
order by days.day, standing.opportunity_key
