-- Grain: one activity with an account before that account's first order line. first_sold_on is null where the account never bought.
create table gen.prospect_activities as
select
    activities.account_key, activities.region_key, activities.happened_on, activities.kind, lower(trim(activities.outcome)) as outcome,
    sales.first_sold_on
from gen.activities as activities
left join gen.account_first_sale as sales on sales.account_key = activities.account_key
where activities.account_key > 0 and (sales.first_sold_on is null or activities.happened_on < sales.first_sold_on)
order by activities.account_key, activities.happened_on;
