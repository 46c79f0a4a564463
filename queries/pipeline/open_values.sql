-- Question: which deals are open on a day, for how much, how long in their stage, and when are they expected to close?
-- Grain: open deal, in the store's order.
-- Columns: opportunity_key, account_key, region_key, salesperson_key (the store's integers; 0 without one), opportunity_id, created_on,
--   stage_number (the store's number of the stage, null before the first one), entered_on (the stage), age_days (in the stage), value
--   (expected_amount, null where nobody wrote one), expected_close_on.
-- Parameters: until (the last day that is looked at), closed (numbers of the stages won and lost).
-- Caveats: the expected amount and close are those of today; the stage is the one of $until. Names are asked apart
--   (measures/pipeline/named_deals.py). To sort the deals by text, or to hand out the stages' texts, costs as much as to find them.
select
    opportunity_key, account_key, region_key, salesperson_key, opportunity_id, created_on, stage_number, entered_on,
    date_diff('day', entered_on, $until::date)::bigint as age_days, expected_amount::double as value, expected_close_on
from filtered_stage_spells(
    null, null, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids, $sources, $account_kinds, $channels
)
where stood_in(began_on, left_on, $until) and not list_contains($closed::integer[], coalesce(stage_number, 0))
