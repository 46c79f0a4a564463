-- Question: how often did each salesperson visit wholesalers and outlets in each month and place, and how much of it as planned for the day?
-- Grain: salesperson × month × kind of account × city × region of the account.
-- Columns: salesperson_id, salesperson, month, kind (wholesaler, outlet), city, region_id, region; visits; planned (of them with a planned day),
--   on_day (made on that very day).
-- Caveats: who visited, not who is responsible.
select
    people.salesperson_id, people.salesperson, date_trunc('month', acts.happened_on)::date as month,
    accounts.kind, accounts.city, regions.region_id, regions.region,
    count(*)::bigint as visits,
    count(acts.planned_on)::bigint as planned,
    (count(*) filter (where acts.planned_on = acts.happened_on))::bigint as on_day
from filtered_activities($from_date, $to_date, $region_ids, null, $salesperson_ids) as acts
inner join visible_accounts as accounts on accounts.account_key = acts.account_key
inner join visible_salespeople as people on people.salesperson_key = acts.salesperson_key
left join visible_regions as regions on regions.region_key = accounts.region_key
where coalesce(acts.kind, 'visit') = 'visit' and accounts.kind in ('wholesaler', 'outlet')
group by all
order by people.salesperson_id, month, accounts.kind, accounts.city
