-- Layout 7 had no roll-up of years, so that questions read its months, and none of the orders that followed a visit.
create view account_product_years as
select account_key, product_key, salesperson_key, month, net_amount, quantity, margin_amount, costed_amount, returned_amount, month as bought_month
from store.account_product_month
where false;

create view visible_visit_orders as
select
    days.account_key, accounts.region_key, visits.happened_on as visited_on,
    date_diff('day', visits.happened_on, days.sold_on)::smallint as days_after, days.net_amount, days.line_count
from store.account_day as days
asof join (
    select account_key, happened_on from store.activities where account_key > 0 and coalesce(kind, 'visit') = 'visit' group by all
) as visits on visits.account_key = days.account_key and visits.happened_on <= days.sold_on
inner join store.accounts as accounts on accounts.account_key = days.account_key
where days.net_amount > 0 and days.sold_on - visits.happened_on <= 60 and is_visible(accounts.region_key);
