-- Question: why were the deals lost that were created in the period, and how far had they come?
-- Grain: one row per reason (null where nobody wrote one) × stages seen.
-- Columns: lost_reason, stage_mask (sum of 2^stage_key of the stages seen), lost (deals), lost_value (expected_amount),
--   days (creation to loss, summed).
-- Parameters: lost_stages (stage texts of lost).
-- Caveats: only deals that are lost now; one that came back is not.
with lost as (
    select opportunity_key, stage_mask, expected_amount, date_diff('day', created_on, entered_on) as days
    from filtered_stage_spells(
        $from_date, $to_date, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids, $sources, $account_kinds, $channels
    )
    where left_on is null and list_contains($lost_stages, stage)
)
select
    nullif(trim(deals.lost_reason), '') as lost_reason, lost.stage_mask,
    count(*)::bigint as lost, coalesce(sum(lost.expected_amount), 0)::double as lost_value, coalesce(sum(lost.days), 0)::bigint as days
from lost
inner join visible_opportunities as deals on deals.opportunity_key = lost.opportunity_key
group by all
order by all
