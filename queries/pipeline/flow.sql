-- Question: what was open at the end of a period and of an earlier one, and what closed in them?
-- Grain: one row per period (1: the period, 2: the earlier one) × stage (at the period's end) × is_inside.
-- Columns: period, last_number (the store's number of the stage; null before the first one), is_inside (the deal came to the stage or end in
--   the period, or was created in it and stands in none yet), deals, created (deals created in the period), value (expected_amount), days
--   (creation to coming to the stage or end, summed).
-- Parameters: until, before_until (the periods' last days; null where there is no earlier one), before_from (the earlier one's first day),
--   won, closed (numbers of the stage won; of won and lost).
-- Caveats: as it was known on that last day, whenever the deals were created: a deal that closed and came back before it is open.
with own as (
    select stage_number, since_on, created_on, expected_amount
    from filtered_stage_spells_since(
        null, null, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids, $sources, $account_kinds, $channels,
        $won::integer[], $closed::integer[]
    )
    where stood_in(began_on, left_on, $until)
), earlier as (
    select stage_number, since_on, created_on, expected_amount
    from filtered_stage_spells_since(
        null, null, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids, $sources, $account_kinds, $channels,
        $won::integer[], $closed::integer[]
    )
    where stood_in(began_on, left_on, $before_until)
)
select
    1::bigint as period, stage_number as last_number, $from_date is null or coalesce(since_on, created_on) >= $from_date::date as is_inside,
    count(*)::bigint as deals, coalesce(sum(($from_date is null or created_on >= $from_date::date)::integer), 0)::bigint as created,
    coalesce(sum(expected_amount), 0)::double as value, coalesce(sum(date_diff('day', created_on, since_on)), 0)::bigint as days
from own
group by stage_number, is_inside
union all
select
    2::bigint as period, stage_number as last_number, coalesce(since_on, created_on) >= $before_from::date as is_inside,
    count(*)::bigint as deals, coalesce(sum((created_on >= $before_from::date)::integer), 0)::bigint as created,
    coalesce(sum(expected_amount), 0)::double as value, coalesce(sum(date_diff('day', created_on, since_on)), 0)::bigint as days
from earlier
group by stage_number, is_inside
order by period, last_number, is_inside
