-- Grain: region × product × month: the mart of seasons and product trends.
create table gen.region_product_month as
select
    accounts.region_key, sales.product_key, sales.month,
    sum(sales.net_amount)::decimal(18, 4) as net_amount,
    sum(sales.quantity)::decimal(18, 4) as quantity,
    sum(sales.volume) as volume,
    sum(sales.margin_amount)::decimal(18, 4) as margin_amount,
    sum(sales.costed_amount)::decimal(18, 4) as costed_amount,
    sum(sales.returned_amount)::decimal(18, 4) as returned_amount,
    sum(sales.line_count)::bigint as line_count
from gen.account_product_month as sales
inner join gen.accounts as accounts on accounts.account_key = sales.account_key
group by all
order by sales.product_key, accounts.region_key, sales.month;
