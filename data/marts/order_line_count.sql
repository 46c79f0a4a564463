-- Grain: region × file that the lines came in: how many order lines there are and how many have each optional value.
create table gen.order_line_count as
select
    accounts.region_key, lines.source_key,
    count(*)::bigint as line_count,
    count(lines.order_id)::bigint as with_order,
    (count(*) filter (where lines.has_own_salesperson))::bigint as with_salesperson,
    count(lines.cost_amount)::bigint as with_cost,
    (count(*) filter (where lines.programme_key > 0))::bigint as with_promotion,
    max(lines.sold_on) as last_sold_on
from gen.order_lines as lines
inner join gen.accounts as accounts on accounts.account_key = lines.account_key
group by all;
