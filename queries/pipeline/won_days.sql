-- Question: how long does a won deal stay in each stage?
-- Grain: one row per stage.
-- Columns: stage, stays, days (summed over the stays).
-- Parameters: until (the last day that is looked at), won (numbers of the stage won).
-- Caveats: a deal that came back to a stage stays there twice. Only stays that ended by $until, of deals that are won today.
select any_value(stage) as stage, count(*)::bigint as stays, sum(date_diff('day', entered_on, left_on))::bigint as days
from filtered_stage_spells(
    null, null, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids, $sources, $account_kinds, $channels
)
where left_on <= $until::date and list_contains($won::integer[], last_number) and not list_contains($won::integer[], stage_number)
group by stage_number
order by stage
