-- The macros of data/views/sales.sql that read roll-ups, written once more over the order lines alone, as a query without roll-ups would be:
-- the period is a range of days in a table that lies in date order, and each line is read once.
create or replace macro filtered_sales_months(
    from_date, to_date, region_ids, account_ids, categories, product_ids, salesperson_ids
) as table
select
    lines.account_key, lines.product_key, lines.salesperson_key, date_trunc('month', lines.sold_on)::date as month,
    lines.net_amount, lines.quantity, lines.quantity::double * products.unit_volume as volume,
    (lines.net_amount - lines.estimated_cost)::decimal(18, 4)
        as margin_amount,
    case when lines.is_costed then lines.net_amount else 0 end::decimal(18, 4) as costed_amount,
    case when lines.net_amount < 0 then lines.net_amount else 0 end::decimal(18, 4) as returned_amount,
    1::bigint as line_count
from filtered_order_lines(from_date, to_date, region_ids, account_ids, categories, product_ids, salesperson_ids) as lines
inner join store.products as products on products.product_key = lines.product_key;

drop macro table whole_years.filtered_sales_years;

create or replace macro filtered_account_months(
    from_date, to_date, region_ids, account_ids, categories, product_ids, salesperson_ids
) as table
select
    account_key, salesperson_key, month, net_amount, quantity, volume, margin_amount, costed_amount, returned_amount, line_count
from filtered_sales_months(from_date, to_date, region_ids, account_ids, categories, product_ids, salesperson_ids);

create or replace macro filtered_booked_months(from_date, to_date, region_ids, account_ids, salesperson_ids) as table
select
    account_key, salesperson_key, month, sum(net_amount)::decimal(18, 4) as net_amount, sum(quantity)::decimal(18, 4) as quantity,
    sum(margin_amount)::decimal(18, 4) as margin_amount, sum(costed_amount)::decimal(18, 4) as costed_amount
from filtered_sales_months(from_date, to_date, region_ids, account_ids, null, null, salesperson_ids)
group by all;

create or replace macro filtered_order_months(
    from_date, to_date, region_ids, account_ids, categories, product_ids, salesperson_ids
) as table
select account_key, salesperson_key, date_trunc('month', sold_on)::date as month, count(distinct order_id)::bigint as order_count
from filtered_order_lines(from_date, to_date, region_ids, account_ids, categories, product_ids, salesperson_ids)
where quantity > 0 or net_amount > 0
group by all;

create or replace macro filtered_product_months(
    from_date, to_date, region_ids, account_ids, categories, product_ids, salesperson_ids
) as table
select
    accounts.region_key, sales.product_key, sales.month, sales.net_amount, sales.quantity, sales.volume,
    sales.margin_amount, sales.costed_amount, sales.returned_amount, sales.line_count
from filtered_sales_months(from_date, to_date, region_ids, account_ids, categories, product_ids, salesperson_ids) as sales
inner join store.accounts as accounts on accounts.account_key = sales.account_key;

drop view sees_everything.visible_account_days;
create or replace view visible_account_days as
select
    account_key, sold_on, sum(net_amount) as net_amount, sum(quantity) as quantity, sum(net_amount - estimated_cost) as margin_amount,
    count(*)::bigint as line_count
from visible_order_lines
group by all;

create or replace view visible_purchase_months as
select
    account_key, date_trunc('month', sold_on)::date as month,
    count(*)::bigint as purchase_days, min(sold_on) as first_on, max(sold_on) as last_on,
    sum(net_amount) as net_amount, sum(margin_amount) as margin_amount, arg_min(net_amount, sold_on) as first_amount
from visible_account_days
where quantity > 0
group by all;

create or replace view visible_visit_orders as
select
    days.account_key, accounts.region_key, visits.happened_on as visited_on,
    date_diff('day', visits.happened_on, days.sold_on)::smallint as days_after, days.net_amount, days.line_count
from visible_account_days as days
asof join (
    select account_key, happened_on from visible_activities where account_key > 0 and coalesce(kind, 'visit') = 'visit' group by all
) as visits on visits.account_key = days.account_key and visits.happened_on <= days.sold_on
inner join store.accounts as accounts on accounts.account_key = days.account_key
where days.net_amount > 0 and days.sold_on - visits.happened_on <= 60;

create or replace view visible_account_first_sale as
select lines.account_key, accounts.region_key, min(lines.sold_on) as first_sold_on
from visible_order_lines as lines
inner join store.accounts as accounts on accounts.account_key = lines.account_key
group by all;
