-- Question: when did deals close, how far had they come by then, and what were they worth?
-- Grain: one row per month × month of closing × stages seen × the stage that ended the deal.
-- Columns: month, closed_month (the same where a deal closed; the earlier one, or the same, where it was opened again), stage_mask (sum of
--   2^stage_key of the stages seen by then), last_number (the store's number of the stage that ended it), deals, value (expected_amount);
--   both are below 0 where more deals were opened again than closed.
-- Parameters: until (the last day that is looked at), won, closed (numbers of the stage won; of won and lost).
-- Caveats: a ledger: a deal closes when it enters an end and is taken off again in the month in which it leaves it, so that the sum of the
--   months up to a day says what was closed on that day, whatever came later. A deal that goes from one word for an end to another of the
--   same end was not opened again: it closed with the first of them. None closes
--   before it was created.
with followed as (
    select
        opportunity_key, spell, stage_number, began_on, greatest(created_on, left_on) as reopened_on, since_on, expected_amount,
        not coalesce(is_same_end(before_number, stage_number, $won::integer[], $closed::integer[]), false) as is_closing,
        not is_same_end(stage_number, next_number, $won::integer[], $closed::integer[]) as is_opening
    from filtered_stage_spells_since(
        null, null, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids, $sources, $account_kinds, $channels,
        $won::integer[], $closed::integer[]
    )
    where left_on is not null and list_contains($closed::integer[], stage_number) and began_on <= $until::date
), seen_by_then as (
    select followed.opportunity_key, followed.spell, bit_or(1::bigint << earlier.stage_key) as stage_mask
    from followed
    inner join visible_stage_spells as earlier on earlier.opportunity_key = followed.opportunity_key and earlier.spell <= followed.spell
    group by all
), ledger as (
    select
        began_on as booked_on, began_on as closed_on, stage_mask, stage_number, count(*) as deals, sum(expected_amount) as value
    from filtered_stage_spells(
        null, null, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids, $sources, $account_kinds, $channels
    )
    where
        left_on is null and list_contains($closed::integer[], stage_number) and began_on <= $until::date
        and not coalesce(is_same_end(before_number, stage_number, $won::integer[], $closed::integer[]), false)
    group by began_on, stage_mask, stage_number
    union all
    select
        unnest([began_on, reopened_on]) as booked_on, unnest([began_on, since_on]) as closed_on, stage_mask, stage_number,
        unnest([is_closing::integer, -is_opening::integer]) as deals,
        expected_amount * unnest([is_closing::integer, -is_opening::integer]) as value
    from followed
    inner join seen_by_then using (opportunity_key, spell)
)
select
    date_trunc('month', booked_on)::date as month, date_trunc('month', closed_on)::date as closed_month, stage_mask, stage_number as last_number,
    sum(deals)::bigint as deals, coalesce(sum(value), 0)::double as value
from ledger
where booked_on <= $until::date
group by month, closed_month, stage_mask, stage_number
having sum(deals) != 0 or sum(value) != 0
order by all
