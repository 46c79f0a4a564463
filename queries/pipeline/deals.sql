-- Question: what became of the deals created in the period, and which stages did they see?
-- Grain: one row per breakdown (stages, region, salesperson, source, product, month, closed) × its subject × last stage.
-- Columns: breakdown, subject_key (the store's integer, 0 without one; subjects.sql has the names), stage_mask (sum of 2^stage_key of the
--   stages seen), is_mature, month (of creation; of closing in the breakdown closed, whose rows are closed deals),
--   last_number (the store's number of the last stage; null without stage events), deals, value (expected_amount), valued_deals (with an
--   amount above 0), days (creation to coming to the last stage, or to the end for which it is a word, summed), in_time (deals that took at
--   most $maturity_days for it).
-- Parameters: as_of (last day of the data), maturity_days, won, closed (numbers of the stage won; of won and lost).
-- Caveats: a deal without stage events counts, with no last stage. Each deal is added up seven times: whole numbers are, for half of what
--   texts, dates and counts under a condition cost.
with deals as (
    select
        region_key, salesperson_key, product_key, source_key, last_number, stage_mask, expected_amount,
        extract(year from created_on) * 12 + extract(month from created_on) as month,
        case when list_contains($closed::integer[], last_number) then extract(year from since_on) * 12 + extract(month from since_on) end as closed_month,
        (date_diff('day', created_on, $as_of::date) >= $maturity_days)::integer as is_mature,
        date_diff('day', created_on, since_on) as days,
        (expected_amount > 0)::integer as is_valued,
        (date_diff('day', created_on, since_on) <= $maturity_days)::integer as is_in_time
    from filtered_stage_spells_since(
        $from_date, $to_date, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids, $sources, $account_kinds, $channels,
        $won::integer[], $closed::integer[]
    )
    where left_on is null
), counted as (
    select
        case
            when grouping(stage_mask) = 0 then 'stages' when grouping(region_key) = 0 then 'region'
            when grouping(salesperson_key) = 0 then 'salesperson' when grouping(source_key) = 0 then 'source'
            when grouping(product_key) = 0 then 'product' when grouping(month) = 0 then 'month' else 'closed'
        end as breakdown,
        coalesce(region_key, salesperson_key, source_key, product_key) as subject_key, stage_mask, is_mature, last_number,
        coalesce(month, closed_month) - 1 as month,
        count(*)::bigint as deals,
        coalesce(sum(expected_amount), 0)::double as value,
        coalesce(sum(is_valued), 0)::bigint as valued_deals,
        coalesce(sum(days), 0)::bigint as days,
        coalesce(sum(is_in_time), 0)::bigint as in_time
    from deals
    group by grouping sets (
        (stage_mask, is_mature, last_number), (region_key, last_number), (salesperson_key, last_number), (source_key, last_number),
        (product_key, last_number), (month, last_number), (closed_month, last_number)
    )
)
select
    breakdown, subject_key, stage_mask, is_mature = 1 as is_mature, make_date(month // 12, month % 12 + 1, 1) as month, last_number,
    deals, value, valued_deals, days, in_time
from counted
where breakdown != 'closed' or month is not null
