-- Question: why were deals lost, and how far had they come?
-- Grain: one row per reason as it is written (null where nobody wrote one) × stages seen.
-- Columns: lost_reason, stage_mask (sum of 2^stage_key of the stages seen), lost (deals), lost_value (expected_amount),
--   days (creation to loss, summed).
-- Parameters: created_from, created_to (deals created in this period; null = open), lost_from (first day of losing; null = open), until (the
--   last day that is looked at), won, closed (numbers of the stage won; of won and lost).
-- Caveats: only deals that are lost on the last day; one that came back by then is not. A reason may be written in several ways
--   (measures/pipeline/spellings.py).
select
    lost_reason, stage_mask,
    count(*)::bigint as lost, coalesce(sum(expected_amount), 0)::double as lost_value,
    coalesce(sum(date_diff('day', created_on, since_on)), 0)::bigint as days
from filtered_stage_spells_since(
    $created_from, $created_to, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids, $sources, $account_kinds, $channels,
    $won::integer[], $closed::integer[]
)
where
    stood_in(began_on, left_on, $until) and ($lost_from is null or since_on >= $lost_from::date)
    and list_contains($closed::integer[], stage_number) and not list_contains($won::integer[], stage_number)
group by all
order by all
