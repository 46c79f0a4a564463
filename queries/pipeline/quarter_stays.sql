-- Question: which deals stood open on quarters' first days, in which stage, and when were they won?
-- Grain: stay in an open stage, or in none yet, that began before the first day of a quarter and lasted to it.
-- Columns: opportunity_key (the store's integer), stage_number (the store's number of the stage; 0 in none yet), began_on (from when the deal
--   stood there), entered_on (the stage; created in none yet), left_on (null while the deal is still there), expected_close_on, value
--   (expected_amount, null where nobody wrote one), won_on (of a deal whose last stage is won).
-- Parameters: since (the first of the quarters' first days), until (the last day that is looked at), won, closed (numbers of the stage won;
--   of won and lost).
-- Caveats: amount and expected close are those of today, for nothing else is known of them. Unsorted: who asks sorts whole numbers faster.
--   A stay that began and ended in one quarter stood on no first day of one, and is not looked at. Wins
--   that began before their deal's last stay are told by earlier_wins.sql.
select
    opportunity_key, coalesce(stage_number, 0) as stage_number, began_on, coalesce(entered_on, created_on) as entered_on, left_on,
    expected_close_on, expected_amount::double as value,
    case when list_contains($won::integer[], last_number) and last_on <= $until::date then last_on end as won_on
from filtered_stage_spells(
    null, null, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids, $sources, $account_kinds, $channels
)
where
    stood_on <= $until::date and left_after(left_on, $since::date - 1) and not list_contains($closed::integer[], coalesce(stage_number, 0))
