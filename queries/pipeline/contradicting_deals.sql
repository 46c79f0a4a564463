-- Question: which deals were won or lost before any other stage that they entered, and count as open all the same?
-- Grain: deal.
-- Columns: opportunity_id, account_id, account, region_id, region, salesperson_id, salesperson, end_stage (won or lost, as it is written),
--   ended_on, stage (in which the deal counts as open), entered_on (that stage), value (expected_amount, null where nobody wrote one).
-- Parameters: closed (numbers of the stages won and lost).
-- Caveats: whatever the period. A deal that had another stage before its end and came back was opened again: that is no contradiction. A
--   deal with a closing date after all its stages is closed on it by the import, and not here.
--   salesperson is 'another_region', without an id, where the viewer does not see the person.
with begun as (
    select opportunity_key, account_key, stage as end_stage, entered_on as ended_on, last_stage, last_on, expected_amount
    from filtered_stage_spells(
        null, null, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids, $sources, $account_kinds, $channels
    )
    where spell = 1 and list_contains($closed::integer[], stage_number) and not list_contains($closed::integer[], last_number)
)
select
    deals.opportunity_id, deals.account_id, accounts.account, regions.region_id, regions.region,
    case when deals.salesperson_key > 0 then people.salesperson_id else deals.salesperson_id end as salesperson_id,
    case
        when deals.salesperson_key = 0 then deals.salesperson_id
        when people.salesperson_key is null then 'another_region' else people.salesperson
    end as salesperson,
    begun.end_stage, begun.ended_on, begun.last_stage as stage, begun.last_on as entered_on, begun.expected_amount::double as value
from begun
inner join visible_opportunities as deals on deals.opportunity_key = begun.opportunity_key
left join visible_accounts as accounts on accounts.account_key = begun.account_key
left join visible_regions as regions on regions.region_key = deals.region_key
left join visible_salespeople as people on people.salesperson_key = deals.salesperson_key
order by value desc nulls last, deals.opportunity_id
