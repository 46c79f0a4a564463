-- Question: which wins began before their deal's last stay, and which of them were opened again?
-- Grain: win, from the deal's first word for won to the day on which it left the last one.
-- Columns: opportunity_key (the store's integer), won_on, reopened_on (null where it was not).
-- Parameters: won, closed (numbers of the stage won; of won and lost).
-- Caveats: whatever became of the deal later. From one word for won to another is no opening.
select opportunity_key, since_on as won_on, left_on as reopened_on
from filtered_stage_spells_since(
    null, null, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids, $sources, $account_kinds, $channels,
    $won::integer[], $closed::integer[]
)
where
    list_contains($won::integer[], stage_number) and not coalesce(list_contains($won::integer[], next_number), false)
    and (left_on is not null or since_on < entered_on)
order by opportunity_key, won_on, reopened_on
