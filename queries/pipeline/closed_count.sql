-- Question: how many deals are closed on a day, and how many of them are won?
-- Grain: one row.
-- Columns: won, closed (deals, the won ones among them).
-- Parameters: until (the last day that is looked at), won, closed (numbers of the stage won; of won and lost).
-- Caveats: as they stood on that day: a deal that was opened again by then is open.
select
    (count(*) filter (where list_contains($won::integer[], stage_number)))::bigint as won, count(*)::bigint as closed
from filtered_stage_spells(
    null, null, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids, $sources, $account_kinds, $channels
)
where list_contains($closed::integer[], stage_number) and stood_in(began_on, left_on, $until)
