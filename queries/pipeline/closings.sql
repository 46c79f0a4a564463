-- Question: when did deals close, how far had they come by then, and what were they worth?
-- Grain: one row per month × stages seen × the stage that ended the deal.
-- Columns: month, stage_mask (sum of 2^stage_key of the stages seen by then), last_stage, deals, value (expected_amount); both are below 0
--   where more deals were opened again in the month than closed.
-- Parameters: until (the last day that is looked at), closed (numbers of the stages won and lost).
-- Caveats: a ledger: a deal closes when it enters an end and is taken off again in the month in which it leaves it, so that the sum of the
--   months up to a day says what was closed on that day, whatever came later.
with reopened as (
    select opportunity_key, spell, stage, stage_number, entered_on, left_on, expected_amount
    from filtered_stage_spells(
        null, null, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids, $sources, $account_kinds, $channels
    )
    where left_on is not null and list_contains($closed::integer[], stage_number) and entered_on <= $until::date
), seen_by_then as (
    select reopened.opportunity_key, reopened.spell, bit_or(1::bigint << earlier.stage_key) as stage_mask
    from reopened
    inner join visible_stage_spells as earlier on earlier.opportunity_key = reopened.opportunity_key and earlier.spell <= reopened.spell
    group by all
), ledger as (
    select entered_on as booked_on, stage_mask, stage_number, any_value(stage) as stage, count(*) as deals, sum(expected_amount) as value
    from filtered_stage_spells(
        null, null, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids, $sources, $account_kinds, $channels
    )
    where left_on is null and list_contains($closed::integer[], stage_number) and entered_on <= $until::date
    group by entered_on, stage_mask, stage_number
    union all
    select
        unnest([entered_on, left_on]) as booked_on, stage_mask, stage_number, stage, unnest([1, -1]) as deals,
        unnest([expected_amount, -expected_amount]) as value
    from reopened
    inner join seen_by_then using (opportunity_key, spell)
)
select
    date_trunc('month', booked_on)::date as month, stage_mask, any_value(stage) as last_stage,
    sum(deals)::bigint as deals, coalesce(sum(value), 0)::double as value
from ledger
where booked_on <= $until::date
group by month, stage_mask, stage_number
order by all
