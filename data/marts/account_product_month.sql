-- Grain: account × product × salesperson × month. Money and margin in the store's currency, volume in unit_volume (hl).
-- margin_amount is net of the line's estimated cost; costed_amount is the net of the lines whose cost is known (data/schema.sql).
create table gen.account_product_month as
select
    lines.account_key, lines.product_key, lines.salesperson_key,
    date_trunc('month', lines.sold_on)::date as month,
    sum(lines.net_amount)::decimal(18, 4) as net_amount,
    sum(lines.quantity)::decimal(18, 4) as quantity,
    sum(lines.quantity::double * products.unit_volume) as volume,
    sum(lines.net_amount - lines.estimated_cost)::decimal(18, 4)
        as margin_amount,
    coalesce(sum(lines.net_amount) filter (where lines.is_costed), 0)::decimal(18, 4) as costed_amount,
    coalesce(sum(lines.net_amount) filter (where lines.net_amount < 0), 0)::decimal(18, 4) as returned_amount,
    count(*)::bigint as line_count
from gen.order_lines as lines
inner join gen.products as products on products.product_key = lines.product_key
group by all
order by lines.account_key, lines.product_key, month;
