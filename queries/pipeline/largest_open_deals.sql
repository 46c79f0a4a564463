-- Question: which open deals are the largest on a day?
-- Grain: open deal, of the $most largest ones.
-- Columns: opportunity_id, account_id, account, region_id, region, salesperson_id, salesperson, created_on, stage (null without stage
--   events), value (expected_amount, null where nobody wrote one), expected_close_on.
-- Parameters: until (the last day that is looked at), closed (numbers of the stages won and lost), most.
-- Caveats: the expected amount and close are those of today; the stage is the one of $until. Those without an amount come last.
--   salesperson is 'another_region', without an id, where the viewer does not see the person.
with deals as (
    select opportunity_key, opportunity_id, expected_amount, stage
    from filtered_stage_spells(
        null, null, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids, $sources, $account_kinds, $channels
    )
    where
        (left_on is null or left_on > $until::date) and created_on <= $until::date and coalesce(entered_on <= $until::date, true)
        and not coalesce(list_contains($closed::integer[], stage_number), false)
    order by expected_amount desc nulls last, opportunity_id
    limit $most
)
select
    opportunities.opportunity_id, opportunities.account_id, accounts.account, regions.region_id, regions.region,
    case when opportunities.salesperson_key > 0 then people.salesperson_id else opportunities.salesperson_id end as salesperson_id,
    case
        when opportunities.salesperson_key = 0 then opportunities.salesperson_id
        when people.salesperson_key is null then 'another_region' else people.salesperson
    end as salesperson,
    opportunities.created_on, deals.stage, deals.expected_amount::double as value, opportunities.expected_close_on
from deals
inner join visible_opportunities as opportunities on opportunities.opportunity_key = deals.opportunity_key
left join visible_accounts as accounts on accounts.account_key = opportunities.account_key
left join visible_regions as regions on regions.region_key = opportunities.region_key
left join visible_salespeople as people on people.salesperson_key = opportunities.salesperson_key
order by value desc nulls last, opportunities.opportunity_id
