-- Question: which won deals were opened again, and when?
-- Grain: stay in won that the deal left.
-- Columns: opportunity_key (the store's integer), won_on, reopened_on.
-- Parameters: won (numbers of the stage won).
-- Caveats: whatever became of the deal later. From one word for won to another is no opening.
select opportunity_key, entered_on as won_on, left_on as reopened_on
from filtered_stage_spells(
    null, null, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids, $sources, $account_kinds, $channels
)
where left_on is not null and list_contains($won::integer[], stage_number) and not list_contains($won::integer[], next_number)
order by opportunity_key, won_on, reopened_on
