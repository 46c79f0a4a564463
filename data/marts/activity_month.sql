-- Grain: account × salesperson × region × kind × month of activities: made, planned in the plan's month, hours, cost.
create table gen.activity_month as
select
    account_key, salesperson_key, region_key, coalesce(kind, 'visit') as kind,
    date_trunc('month', happened_on)::date as month,
    count(*)::bigint as activity_count,
    count(*) filter (where planned_on is not null)::bigint as planned_count,
    sum(hours) as hours,
    sum(cost)::decimal(18, 4) as cost
from gen.activities
group by all
order by account_key, month;
