-- Question: how long do deals stay in each stage, and where do they go from there?
-- Grain: one row per stage × whole days × next stage × is_won × stages seen of those that are still there: a histogram.
-- Columns: stage_number, days (in the stage, to $until while the deal is still there), has_left, next_number (of the next stage, null while it
--   is still there), is_won (the deal is won now), stage_mask (of those still there: sum of 2^stage_key of the stages that they have seen), stays,
--   value (expected_amount, once per stay).
-- Parameters: created_from, created_to (deals created in this period; null = open), entered_from (first day of entering),
--   until (the last day that is looked at), won, closed (numbers of the stage won; of won and lost).
-- Caveats: each stay counts by itself: a deal that came back to a stage has two. What happened after $until is left out, and a deal that was
--   created after it, whatever its stages say.
with stays as (
    select
        stage_number, expected_amount, list_contains($won::integer[], last_number) as is_won,
        left_on is not null and left_on <= $until::date as has_left, next_number, stage_mask,
        date_diff('day', entered_on, least(coalesce(left_on, $until::date), $until::date)) as days
    from filtered_stage_spells(
        $created_from, $created_to, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids, $sources, $account_kinds, $channels
    )
    where
        entered_on <= $until::date and created_on <= $until::date
        and ($entered_from is null or entered_on >= $entered_from::date)
        and not list_contains($closed::integer[], stage_number)
)
select
    stage_number, days::bigint as days, has_left, is_won,
    case when has_left then next_number end as next_number,
    case when not has_left then stage_mask end as stage_mask,
    count(*)::bigint as stays, coalesce(sum(expected_amount), 0)::double as value
from stays
group by stage_number, days, has_left, is_won, case when has_left then next_number end, case when not has_left then stage_mask end
order by stage_number, days
