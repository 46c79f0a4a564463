-- Question: when did deals close, how far had they come, and what were they worth?
-- Grain: one row per month of closing × stages seen × last stage.
-- Columns: month, stage_mask (sum of 2^stage_key of the stages seen), last_stage, deals, value (expected_amount).
-- Parameters: until (the last day that is looked at), closed (numbers of the stages won and lost).
-- Caveats: a deal closes when it enters the stage that it is in now: one that was lost, came back and was won closes once.
with days as (
    select
        entered_on, stage_mask, stage_number, any_value(stage) as stage, count(*) as deals, sum(expected_amount) as value
    from filtered_stage_spells(
        null, null, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids, $sources, $account_kinds, $channels
    )
    where left_on is null and list_contains($closed::integer[], stage_number) and entered_on <= $until::date
    group by entered_on, stage_mask, stage_number
)
select
    date_trunc('month', entered_on)::date as month, stage_mask, any_value(stage) as last_stage,
    sum(deals)::bigint as deals, coalesce(sum(value), 0)::double as value
from days
group by month, stage_mask, stage_number
order by all
