-- Question: what are these deals called, whose are they and where?
-- Grain: deal of $deals.
-- Columns: opportunity_key (the store's integer), account_id, account, region_id, region, salesperson_id, salesperson.
-- Parameters: deals (opportunity keys).
-- Caveats: salesperson is 'another_region', without an id, where the viewer does not see the person.
select
    opportunities.opportunity_key, opportunities.account_id, accounts.account, regions.region_id, regions.region,
    case when opportunities.salesperson_key > 0 then people.salesperson_id else opportunities.salesperson_id end as salesperson_id,
    case
        when opportunities.salesperson_key = 0 then opportunities.salesperson_id
        when people.salesperson_key is null then 'another_region' else people.salesperson
    end as salesperson
from visible_opportunities as opportunities
left join visible_accounts as accounts on accounts.account_key = opportunities.account_key
left join visible_regions as regions on regions.region_key = opportunities.region_key
left join visible_salespeople as people on people.salesperson_key = opportunities.salesperson_key
where opportunities.opportunity_key in (select unnest($deals::integer[]))
order by opportunities.opportunity_key
