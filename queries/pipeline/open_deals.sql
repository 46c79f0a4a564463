-- Question: which deals are open on a day, for how much, how long in their stage, and when are they expected to close?
-- Grain: open deal.
-- Columns: account_key (the store's integer; 0 without an account), opportunity_id, account_id, account, region_id, region, salesperson_id,
--   salesperson, created_on, stage (null without stage events), entered_on (the stage), age_days (in the stage), value (expected_amount,
--   null where nobody wrote one), expected_close_on.
-- Parameters: until (the last day that is looked at), closed (numbers of the stages won and lost).
-- Caveats: the expected amount and close are those of today; the stage is the one of $until.
--   salesperson is 'another_region', without an id, where the viewer does not see the person.
with deals as (
    select opportunity_key, account_key, expected_amount, expected_close_on, stage, entered_on
    from filtered_stage_spells(
        null, null, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids, $sources, $account_kinds, $channels
    )
    where
        created_on <= $until::date
        and (stage is null or (entered_on <= $until::date and not list_contains($closed::integer[], stage_number)))
        and (left_on is null or left_on > $until::date)
)
select
    deals.account_key, opportunities.opportunity_id, opportunities.account_id, accounts.account, regions.region_id, regions.region,
    case when opportunities.salesperson_key > 0 then people.salesperson_id else opportunities.salesperson_id end as salesperson_id,
    case
        when opportunities.salesperson_key = 0 then opportunities.salesperson_id
        when people.salesperson_key is null then 'another_region' else people.salesperson
    end as salesperson,
    opportunities.created_on, deals.stage, deals.entered_on, date_diff('day', deals.entered_on, $until::date)::bigint as age_days,
    deals.expected_amount::double as value, deals.expected_close_on
from deals
inner join visible_opportunities as opportunities on opportunities.opportunity_key = deals.opportunity_key
left join visible_accounts as accounts on accounts.account_key = deals.account_key
left join visible_regions as regions on regions.region_key = opportunities.region_key
left join visible_salespeople as people on people.salesperson_key = opportunities.salesperson_key
order by age_days desc nulls last, opportunities.opportunity_id
