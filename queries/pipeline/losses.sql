-- Question: why were the deals lost that were created in the period, and how far had they come?
-- Grain: one row per reason as it is written (null where nobody wrote one) × stages seen.
-- Columns: lost_reason, stage_mask (sum of 2^stage_key of the stages seen), lost (deals), lost_value (expected_amount),
--   days (creation to loss, summed).
-- Parameters: won, closed (numbers of the stage won; of won and lost).
-- Caveats: only deals that are lost now; one that came back is not. A reason may be written in several ways (measures/pipeline/spellings.py).
select
    lost_reason, stage_mask,
    count(*)::bigint as lost, coalesce(sum(expected_amount), 0)::double as lost_value,
    coalesce(sum(date_diff('day', created_on, since_on)), 0)::bigint as days
from filtered_stage_spells_since(
    $from_date, $to_date, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids, $sources, $account_kinds, $channels,
    $won::integer[], $closed::integer[]
)
where left_on is null and list_contains($closed::integer[], stage_number) and not list_contains($won::integer[], stage_number)
group by all
order by all
