-- Question: how long do deals stay in each stage?
-- Grain: one row per stage × whole days × has_left × last stage of the deal: a histogram.
-- Columns: stage, days (in the stage, to $until while the deal is still there), has_left, last_stage, stays,
--   value (expected_amount, once per stay).
-- Parameters: created_from, created_to (deals created in this period; null = open), entered_from (first day of entering),
--   until (the last day that is looked at), closed (stage texts of won and lost).
-- Caveats: each stay counts by itself: a deal that came back to a stage has two. What happened after $until is left out.
with stays as (
    select
        stage, last_stage, expected_amount,
        left_on is not null and left_on <= $until::date as has_left,
        date_diff('day', entered_on, least(coalesce(left_on, $until::date), $until::date)) as days
    from filtered_stage_spells($created_from, $created_to, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids)
    where
        entered_on <= $until::date
        and ($entered_from is null or entered_on >= $entered_from::date)
        and not list_contains($closed, stage)
)
select
    stage, days::bigint as days, has_left, last_stage, count(*)::bigint as stays, coalesce(sum(expected_amount), 0)::double as value
from stays
group by all
order by stage, days
