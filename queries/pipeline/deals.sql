-- Question: what became of the deals created in the period, and how far did they come?
-- Grain: one row per breakdown (reach, region, salesperson, source, month) × its subject × outcome.
-- Columns: breakdown, subject_id, subject, reach (number of the furthest stage, null without stage events), is_mature,
--   month (of creation), outcome (won, lost, open), deals, value (expected_amount), valued_deals (with an amount above 0),
--   days (creation to win, summed over won deals), won_in_time (won within $maturity_days).
-- Parameters: stages (in order, without won), won, lost (their stage texts), as_of, maturity_days.
-- Caveats: the outcome is the deal's last stage: a lost deal that came back is open. A won deal reached everything.
with deals as (
    select opportunity_key, salesperson_key, salesperson_id, region_key, source, created_on, expected_amount
    from filtered_opportunities($region_ids, $account_ids, $categories, $product_ids, $salesperson_ids)
    where ($from_date is null or created_on >= $from_date) and ($to_date is null or created_on < $to_date)
), paths as (
    select
        opportunity_key,
        max(list_position($stages, stage)) as reach,
        max(case when left_on is null then stage end) as last_stage,
        max(case when left_on is null then entered_on end) as last_on
    from visible_stage_spells
    group by opportunity_key
), fates as (
    select
        deals.* exclude (created_on),
        date_trunc('month', deals.created_on)::date as month,
        date_diff('day', deals.created_on, $as_of::date) >= $maturity_days as is_mature,
        case when list_contains($won, paths.last_stage) then 'won' when list_contains($lost, paths.last_stage) then 'lost' else 'open' end
            as outcome,
        case when list_contains($won, paths.last_stage) then len($stages) + 1 else nullif(paths.reach, 0) end as reach,
        date_diff('day', deals.created_on, paths.last_on) as days
    from deals
    left join paths on paths.opportunity_key = deals.opportunity_key
), counted as (
    select
        case
            when grouping(reach) = 0 then 'reach' when grouping(region_key) = 0 then 'region'
            when grouping(salesperson_key) = 0 then 'salesperson' when grouping(source) = 0 then 'source' else 'month'
        end as breakdown,
        reach, is_mature, region_key, salesperson_key, salesperson_id, source, month, outcome,
        count(*)::bigint as deals,
        coalesce(sum(expected_amount), 0)::double as value,
        (count(*) filter (where expected_amount > 0))::bigint as valued_deals,
        coalesce(sum(days) filter (where outcome = 'won'), 0)::bigint as days,
        (count(*) filter (where outcome = 'won' and days <= $maturity_days))::bigint as won_in_time
    from fates
    group by grouping sets (
        (reach, is_mature, outcome), (region_key, outcome), (salesperson_key, salesperson_id, outcome), (source, outcome), (month, outcome)
    )
)
select
    counted.breakdown,
    coalesce(regions.region_id, people.salesperson_id, counted.salesperson_id, counted.source) as subject_id,
    coalesce(regions.region, people.salesperson, counted.salesperson_id, counted.source) as subject,
    counted.reach::bigint as reach, counted.is_mature, counted.month, counted.outcome,
    sum(counted.deals)::bigint as deals, sum(counted.value) as value, sum(counted.valued_deals)::bigint as valued_deals,
    sum(counted.days)::bigint as days, sum(counted.won_in_time)::bigint as won_in_time
from counted
left join visible_regions as regions on counted.breakdown = 'region' and regions.region_key = counted.region_key
left join visible_salespeople as people
    on counted.breakdown = 'salesperson' and people.salesperson_key = counted.salesperson_key
group by all
