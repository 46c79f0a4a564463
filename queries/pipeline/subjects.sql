-- Question: what are the regions, people, sources and products called by which deals are broken down?
-- Grain: breakdown (region, salesperson, source, product) × subject.
-- Columns: breakdown, subject_key (the store's integer), subject_id, subject, manager_id, manager (of a salesperson; null where they have none).
-- Caveats: only those that the viewer sees; a manager whom they do not see is 'another_region', without an id. A source has its text for an id, written in several ways the first of them, as in pipeline/sources;
--   deals without one have no row.
select 'region' as breakdown, region_key as subject_key, region_id as subject_id, region as subject, null as manager_id, null as manager
from visible_regions
union all
select 'salesperson', people.salesperson_key, people.salesperson_id, people.salesperson, managers.salesperson_id,
    case when people.manager_key > 0 then coalesce(managers.salesperson, 'another_region') end
from visible_salespeople as people
left join visible_salespeople as managers on managers.salesperson_key = people.manager_key
union all
select 'source', source_key, min(min(trim(source))) over same_text, min(min(trim(source))) over same_text, null, null
from visible_deal_sources
where trim(source) != ''
group by source_key, source
window same_text as (partition by lower(trim(source)))
union all
select 'product', product_key, product_id, product, null, null from visible_products
