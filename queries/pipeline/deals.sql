-- Question: what became of the deals created in the period, and which stages did they see?
-- Grain: one row per breakdown (stages, region, salesperson, source, product, month, closed) × its subject × last stage.
-- Columns: breakdown, subject_id, subject, manager_id, manager (of a salesperson), stage_mask (sum of 2^stage_key of the stages seen),
--   is_mature, month (of creation; of closing in the breakdown closed, whose rows are closed deals),
--   last_stage (null without stage events), deals, value (expected_amount), valued_deals (with an amount above 0),
--   days (creation to entering the last stage, summed), in_time (deals that took at most $maturity_days for it).
-- Parameters: as_of (last day of the data), maturity_days, closed (numbers of the stages won and lost).
-- Caveats: a deal without stage events counts, with no last stage. People whom the viewer does not see are together 'another_region',
--   without an id.
with deals as (
    select
        region_key, salesperson_key, product_key, source_key, source, last_number, last_stage, stage_mask, expected_amount,
        date_trunc('month', created_on)::date as month,
        case when list_contains($closed::integer[], last_number) then date_trunc('month', entered_on)::date end as closed_month,
        date_diff('day', created_on, $as_of::date) >= $maturity_days as is_mature,
        date_diff('day', created_on, entered_on) as days
    from filtered_stage_spells(
        $from_date, $to_date, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids, $sources, $account_kinds, $channels
    )
    where left_on is null
), counted as (
    select
        case
            when grouping(stage_mask) = 0 then 'stages' when grouping(region_key) = 0 then 'region'
            when grouping(salesperson_key) = 0 then 'salesperson' when grouping(source_key) = 0 then 'source'
            when grouping(product_key) = 0 then 'product' when grouping(month) = 0 then 'month' else 'closed'
        end as breakdown,
        stage_mask, is_mature, region_key, salesperson_key, product_key, case when grouping(source_key) = 0 then any_value(source) end as source,
        case when grouping(month) = 0 then month else closed_month end as month,
        any_value(last_stage) as last_stage,
        count(*)::bigint as deals,
        coalesce(sum(expected_amount), 0)::double as value,
        (count(*) filter (where expected_amount > 0))::bigint as valued_deals,
        coalesce(sum(days), 0)::bigint as days,
        (count(*) filter (where days <= $maturity_days))::bigint as in_time
    from deals
    group by grouping sets (
        (stage_mask, is_mature, last_number), (region_key, last_number), (salesperson_key, last_number), (source_key, last_number),
        (product_key, last_number), (month, last_number), (closed_month, last_number)
    )
)
select
    counted.breakdown,
    coalesce(regions.region_id, people.salesperson_id, products.product_id, counted.source) as subject_id,
    coalesce(
        regions.region, people.salesperson, products.product, counted.source, case when counted.salesperson_key > 0 then 'another_region' end
    ) as subject,
    managers.salesperson_id as manager_id, managers.salesperson as manager,
    counted.stage_mask, counted.is_mature, counted.month, counted.last_stage,
    counted.deals, counted.value, counted.valued_deals, counted.days, counted.in_time
from counted
left join visible_regions as regions on counted.breakdown = 'region' and regions.region_key = counted.region_key
left join visible_salespeople as people
    on counted.breakdown = 'salesperson' and people.salesperson_key = counted.salesperson_key
left join visible_salespeople as managers on managers.salesperson_key = people.manager_key
left join visible_products as products on counted.breakdown = 'product' and products.product_key = counted.product_key
where counted.breakdown != 'closed' or counted.month is not null
