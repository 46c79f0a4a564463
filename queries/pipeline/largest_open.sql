-- Question: which deals that are open on a day are the largest, and whose are they?
-- Grain: one of the $most largest open deals, the largest first; those without an amount come last.
-- Columns: opportunity_key, account_key, region_key, salesperson_key (the store's integers; 0 where nobody wrote one), opportunity_id, created_on,
--   stage_number (the store's number of the stage, null before the first one), value (expected_amount, null where nobody wrote one),
--   expected_close_on.
-- Parameters: until (the last day that is looked at), closed (numbers of the stages won and lost), most.
-- Caveats: the expected amount and close are those of today; the stage is the one of $until. Names are asked apart
--   (measures/pipeline/named_deals.py). A stay that goes on ends on the last of days: 'is null or later' would have every stay read.
select
    opportunity_key, account_key, region_key, salesperson_key, opportunity_id, created_on, stage_number, expected_amount::double as value,
    expected_close_on
from filtered_stage_spells(
    null, null, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids, $sources, $account_kinds, $channels
)
where stood_in(began_on, left_on, $until) and not list_contains($closed::integer[], coalesce(stage_number, 0))
order by expected_amount desc nulls last, opportunity_id
limit $most
