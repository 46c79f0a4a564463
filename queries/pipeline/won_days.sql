-- Question: how long does a won deal stay in each stage?
-- Grain: one row per stage.
-- Columns: stage, stays, days (summed over the stays).
-- Parameters: until (the last day that is looked at), won (stage texts of won).
-- Caveats: a deal that came back to a stage stays there twice. Only stays that ended by $until, of deals that are won today.
select stage, count(*)::bigint as stays, sum(date_diff('day', entered_on, left_on))::bigint as days
from filtered_stage_spells(
    null, null, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids, $sources, $account_kinds, $channels
)
where left_on <= $until::date and list_contains($won, last_stage) and not list_contains($won, stage)
group by stage
order by stage
