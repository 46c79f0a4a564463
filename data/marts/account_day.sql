-- Grain: account × day with an order line: the rhythm of buying. Money in the store's currency.
create table gen.account_day as
select
    account_key, sold_on,
    sum(net_amount)::decimal(18, 4) as net_amount,
    sum(quantity)::decimal(18, 4) as quantity,
    sum(net_amount - estimated_cost)::decimal(18, 4) as margin_amount,
    count(*)::bigint as line_count
from gen.order_lines
group by all
order by account_key, sold_on;
