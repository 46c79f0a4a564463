-- Layout 5 had no roll-up of programmes.
create view visible_programme_months as
select
    lines.programme_key, lines.account_key, lines.product_key, date_trunc('month', lines.sold_on)::date as month,
    sum(lines.net_amount)::decimal(18, 4) as net_amount, sum(lines.quantity)::decimal(18, 4) as quantity, count(*)::bigint as line_count
from store.order_lines as lines
inner join store.accounts as accounts on accounts.account_key = lines.account_key
where lines.programme_key > 0 and is_visible(accounts.region_key)
group by all;
