-- Question: when did deals close, how far had they come by then, and what were they worth?
-- Grain: one row per month × month of closing × stages seen × the stage that ended the deal.
-- Columns: month, closed_month (the same where a deal closed; the earlier one, or the same, where it was opened again), stage_mask (sum of
--   2^stage_key of the stages seen by then), last_stage, deals, value (expected_amount); both are below 0 where more deals were opened again than closed.
-- Parameters: until (the last day that is looked at), won, closed (numbers of the stage won; of won and lost).
-- Caveats: a ledger: a deal closes when it enters an end and is taken off again in the month in which it leaves it, so that the sum of the
--   months up to a day says what was closed on that day, whatever came later. A deal that goes from one word for an end to another of the
--   same end was not opened again: it closes with the last of them.
with reopened as (
    select opportunity_key, spell, stage, stage_number, entered_on, left_on, expected_amount
    from filtered_stage_spells(
        null, null, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids, $sources, $account_kinds, $channels
    )
    where
        left_on is not null and list_contains($closed::integer[], stage_number) and entered_on <= $until::date
        and not (
            left_on <= $until::date and list_contains($closed::integer[], next_number)
            and list_contains($won::integer[], next_number) = list_contains($won::integer[], stage_number)
        )
), seen_by_then as (
    select reopened.opportunity_key, reopened.spell, bit_or(1::bigint << earlier.stage_key) as stage_mask
    from reopened
    inner join visible_stage_spells as earlier on earlier.opportunity_key = reopened.opportunity_key and earlier.spell <= reopened.spell
    group by all
), ledger as (
    select
        entered_on as booked_on, entered_on as closed_on, stage_mask, stage_number, any_value(stage) as stage, count(*) as deals,
        sum(expected_amount) as value
    from filtered_stage_spells(
        null, null, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids, $sources, $account_kinds, $channels
    )
    where left_on is null and list_contains($closed::integer[], stage_number) and entered_on <= $until::date
    group by entered_on, stage_mask, stage_number
    union all
    select
        unnest([entered_on, left_on]) as booked_on, entered_on as closed_on, stage_mask, stage_number, stage, unnest([1, -1]) as deals,
        unnest([expected_amount, -expected_amount]) as value
    from reopened
    inner join seen_by_then using (opportunity_key, spell)
)
select
    date_trunc('month', booked_on)::date as month, date_trunc('month', closed_on)::date as closed_month, stage_mask, any_value(stage) as last_stage,
    sum(deals)::bigint as deals, coalesce(sum(value), 0)::double as value
from ledger
where booked_on <= $until::date
group by month, closed_month, stage_mask, stage_number
order by all
