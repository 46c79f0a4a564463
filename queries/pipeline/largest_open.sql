-- Question: which deals that are open on a day are the largest, whose are they and where?
-- Grain: one of the $most largest open deals, the largest first; those without an amount come last.
-- Columns: opportunity_id, account_id, account, region_id, region, salesperson_id, salesperson, created_on, stage (null without stage events),
--   entered_on (the stage), age_days (in the stage), value (expected_amount, null where nobody wrote one), expected_close_on.
-- Parameters: until (the last day that is looked at), closed (numbers of the stages won and lost), most.
-- Caveats: the expected amount and close are those of today; the stage is the one of $until. Names are looked up for these deals alone.
--   salesperson is 'another_region', without an id, where the viewer does not see the person.
with largest as (
    select
        opportunity_key, opportunity_id, region_key, account_key, salesperson_key, created_on, stage, entered_on, expected_amount, expected_close_on
    from filtered_stage_spells(
        null, null, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids, $sources, $account_kinds, $channels
    )
    where
        created_on <= $until::date
        and (stage_number is null or (entered_on <= $until::date and not list_contains($closed::integer[], stage_number)))
        and (left_on is null or left_on > $until::date)
    order by expected_amount desc nulls last, opportunity_id
    limit $most
)
select
    largest.opportunity_id, deals.account_id, accounts.account, regions.region_id, regions.region,
    case when largest.salesperson_key > 0 then people.salesperson_id else deals.salesperson_id end as salesperson_id,
    case
        when largest.salesperson_key = 0 then deals.salesperson_id
        when people.salesperson_key is null then 'another_region' else people.salesperson
    end as salesperson,
    largest.created_on, largest.stage, largest.entered_on, date_diff('day', largest.entered_on, $until::date)::bigint as age_days,
    largest.expected_amount::double as value, largest.expected_close_on
from largest
inner join visible_opportunities as deals on deals.opportunity_key = largest.opportunity_key
left join visible_accounts as accounts on accounts.account_key = largest.account_key
left join visible_regions as regions on regions.region_key = largest.region_key
left join visible_salespeople as people on people.salesperson_key = largest.salesperson_key
order by largest.expected_amount desc nulls last, largest.opportunity_id
