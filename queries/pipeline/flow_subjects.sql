-- Question: whose are the deals that are open at the end of the period, that closed in it and that were created in it?
-- Grain: one row per breakdown (region, salesperson, source, product, closed) × its subject × stage (at the period's end).
-- Columns: breakdown, subject_key (the store's integer, 0 without one; subjects.sql has the names), month (of closing, in the breakdown closed,
--   whose rows are closed deals), last_number (the store's number of the stage; null before the first one), deals, created (of them in the
--   period), value (expected_amount), valued_deals (with an amount above 0), days (creation to coming to the stage or end, summed).
-- Parameters: until (the period's last day), won, closed (numbers of the stage won; of won and lost).
-- Caveats: as it was known on that last day, whenever the deals were created. Of the closed deals those that closed in the period: who was
--   created in it closed in it.
with deals as (
    select
        region_key, salesperson_key, product_key, source_key, stage_number as last_number, expected_amount,
        ($from_date is null or created_on >= $from_date::date)::integer as is_created,
        case when list_contains($closed::integer[], stage_number) then extract(year from since_on) * 12 + extract(month from since_on) end as closed_month,
        date_diff('day', created_on, since_on) as days,
        (expected_amount > 0)::integer as is_valued
    from filtered_stage_spells_since(
        null, null, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids, $sources, $account_kinds, $channels,
        $won::integer[], $closed::integer[]
    )
    where
        stood_in(began_on, left_on, $until)
        and ($from_date is null or since_on >= $from_date::date or not coalesce(list_contains($closed::integer[], stage_number), false))
), counted as (
    select
        case
            when grouping(region_key) = 0 then 'region' when grouping(salesperson_key) = 0 then 'salesperson'
            when grouping(source_key) = 0 then 'source' when grouping(product_key) = 0 then 'product' else 'closed'
        end as breakdown,
        coalesce(region_key, salesperson_key, source_key, product_key) as subject_key, last_number, closed_month - 1 as month,
        count(*)::bigint as deals,
        coalesce(sum(is_created), 0)::bigint as created,
        coalesce(sum(expected_amount), 0)::double as value,
        coalesce(sum(is_valued), 0)::bigint as valued_deals,
        coalesce(sum(days), 0)::bigint as days
    from deals
    group by grouping sets (
        (region_key, last_number), (salesperson_key, last_number), (source_key, last_number), (product_key, last_number), (closed_month, last_number)
    )
)
select
    breakdown, subject_key, make_date(month // 12, month % 12 + 1, 1) as month, last_number, deals, created, value, valued_deals, days
from counted
where breakdown != 'closed' or month is not null
