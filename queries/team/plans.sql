-- Question: what did each salesperson plan to visit and to develop in each month?
-- Grain: row of the development plans whose month begins in the period.
-- Columns: salesperson_id, salesperson, region_id, region (the person's), month, area, kind (wholesaler, outlet, or null for both);
--   planned_visits, planned_developments.
-- Caveats: a plan knows no account and no product, so that only the regions' and the salespeople's filters narrow it.
select
    people.salesperson_id, people.salesperson, regions.region_id, regions.region, plans.month, plans.area, plans.kind,
    coalesce(plans.planned_visits, 0)::double as planned_visits,
    coalesce(plans.planned_developments, 0)::double as planned_developments
from visible_development_plans as plans
inner join visible_salespeople as people on people.salesperson_key = plans.salesperson_key
left join visible_regions as regions on regions.region_key = people.region_key
where
    ($from_date is null or plans.month >= $from_date::date) and ($to_date is null or plans.month < $to_date::date)
    and ($region_ids is null or people.region_key in (select region_key from filtered_regions($region_ids)))
    and ($salesperson_ids is null or list_contains($salesperson_ids, people.salesperson_id))
order by people.salesperson_id, plans.month, plans.area, plans.kind
