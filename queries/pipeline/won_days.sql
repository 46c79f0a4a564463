-- Question: how long did won deals stay in each stage?
-- Grain: one row per stage × month of the win.
-- Columns: stage_number (the store's number of the stage), month, stays, days (summed over the stays); both are below 0 where more wins were opened again in the month than won.
-- Parameters: until (the last day that is looked at), won (numbers of the stage won).
-- Caveats: a deal that came back to a stage stays there twice. A ledger like closings.sql: a win that is opened again is taken off in the
--   month in which it is.
with reopened as (
    select opportunity_key, spell, entered_on as won_on, left_on as reopened_on
    from filtered_stage_spells(
        null, null, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids, $sources, $account_kinds, $channels
    )
    where left_on is not null and list_contains($won::integer[], stage_number) and entered_on <= $until::date
), ledger as (
    select last_on as booked_on, stage_number, count(*) as stays, sum(left_on - entered_on) as days
    from filtered_stage_spells(
        null, null, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids, $sources, $account_kinds, $channels
    )
    where left_on is not null and greatest(created_on, last_on) <= $until::date and list_contains($won::integer[], last_number)
    group by last_on, stage_number
    union all
    select
        unnest([won_on, reopened_on]) as booked_on, stays.stage_number, unnest([1, -1]) as stays,
        (stays.left_on - stays.entered_on) * unnest([1, -1]) as days
    from reopened
    inner join visible_stage_spells as stays on stays.opportunity_key = reopened.opportunity_key and stays.spell < reopened.spell
)
select stage_number, date_trunc('month', booked_on)::date as month, sum(stays)::bigint as stays, sum(days)::bigint as days
from ledger
where booked_on <= $until::date and not list_contains($won::integer[], stage_number)
group by stage_number, date_trunc('month', booked_on)
order by stage_number, month
