-- Grain: account × salesperson × month: the account pages' mart. order_count counts the distinct orders of the month; what only returns
-- goods is none.
create table gen.account_month as
with orders as (
    select account_key, salesperson_key, date_trunc('month', sold_on)::date as month, count(distinct order_id)::bigint as order_count
    from gen.order_lines
    where quantity > 0 or net_amount > 0
    group by all
)
select
    sales.account_key, sales.salesperson_key, sales.month,
    sum(sales.net_amount)::decimal(18, 4) as net_amount,
    sum(sales.quantity)::decimal(18, 4) as quantity,
    sum(sales.volume) as volume,
    sum(sales.margin_amount)::decimal(18, 4) as margin_amount,
    sum(sales.costed_amount)::decimal(18, 4) as costed_amount,
    sum(sales.returned_amount)::decimal(18, 4) as returned_amount,
    sum(sales.line_count)::bigint as line_count,
    coalesce(any_value(orders.order_count), 0) as order_count
from gen.account_product_month as sales
left join orders
    on orders.account_key = sales.account_key
    and orders.salesperson_key = sales.salesperson_key
    and orders.month = sales.month
group by all
order by sales.account_key, sales.month;
