-- Question: what was open at the end of a period and of an earlier one, and what closed in them?
-- Grain: one row per period (1: the period, 2: the earlier one) × stage (at the period's end) × is_inside.
-- Columns: period, last_number (the store's number of the stage; null before the first one), is_inside (the deal came to the stage in the
--   period; one in no stage yet was created in it), deals, created (deals created in the period), value (expected_amount), days (creation to entering the stage, summed).
-- Parameters: until, before_until (the periods' last days; null where there is no earlier one), before_from (the earlier one's first day).
-- Caveats: as it was known on that last day, whenever the deals were created: a deal that closed and came back before it is open.
select
    1::bigint as period, as_entered(stage_number, entered_on, $until) as last_number,
    $from_date is null or coalesce(as_entered(entered_on, entered_on, $until), created_on) >= $from_date::date as is_inside,
    count(*)::bigint as deals, coalesce(sum(($from_date is null or created_on >= $from_date::date)::integer), 0)::bigint as created,
    coalesce(sum(expected_amount), 0)::double as value,
    coalesce(sum(date_diff('day', created_on, as_entered(entered_on, entered_on, $until))), 0)::bigint as days
from filtered_stage_spells(
    null, null, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids, $sources, $account_kinds, $channels
)
where stood_in(created_on, entered_on, left_on, spell, $until)
group by as_entered(stage_number, entered_on, $until), is_inside
union all
select
    2::bigint as period, as_entered(stage_number, entered_on, $before_until) as last_number,
    coalesce(as_entered(entered_on, entered_on, $before_until), created_on) >= $before_from::date as is_inside,
    count(*)::bigint as deals, coalesce(sum((created_on >= $before_from::date)::integer), 0)::bigint as created,
    coalesce(sum(expected_amount), 0)::double as value,
    coalesce(sum(date_diff('day', created_on, as_entered(entered_on, entered_on, $before_until))), 0)::bigint as days
from filtered_stage_spells(
    null, null, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids, $sources, $account_kinds, $channels
)
where stood_in(created_on, entered_on, left_on, spell, $before_until)
group by as_entered(stage_number, entered_on, $before_until), is_inside
order by period, last_number, is_inside
