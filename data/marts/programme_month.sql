-- Grain: programme × account × product × month with an order line under the programme's mark. Money and margin in the store's currency.
create table gen.programme_month as
select
    programme_key, account_key, product_key,
    date_trunc('month', sold_on)::date as month,
    sum(net_amount)::decimal(18, 4) as net_amount,
    sum(quantity)::decimal(18, 4) as quantity,
    count(*)::bigint as line_count
from gen.order_lines
where programme_key > 0
group by all
order by programme_key, account_key, month;
