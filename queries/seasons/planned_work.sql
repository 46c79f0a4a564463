-- Question: how many visits and openings did each salesperson plan in each month?
-- Grain: salesperson × month.
-- Columns: salesperson_id, month, planned_visits, planned_openings.
-- Caveats: of the development plans; wholesalers and outlets together.
select
    people.salesperson_id, plans.month,
    sum(plans.planned_visits)::double as planned_visits,
    sum(plans.planned_developments)::double as planned_openings
from visible_development_plans as plans
inner join visible_salespeople as people on people.salesperson_key = plans.salesperson_key
where
    plans.month >= $from_date::date and plans.month < $to_date::date
    and ($salesperson_ids is null or list_contains($salesperson_ids, people.salesperson_id))
group by all
order by people.salesperson_id, plans.month
