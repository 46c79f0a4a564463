-- Layout 4 had no roll-ups of the moves between stages, of programmes and of purchase days.
create view visible_stage_moves as
select
    region_key, stage, next_stage,
    min(stage_key)::integer as stage_key, count(*)::bigint as stays, sum(spell)::bigint as position_sum, max(entered_on) as last_on
from store.stage_spells
where stage is not null and is_visible(region_key)
group by all;

create view visible_programme_months as
select
    lines.programme_key, lines.account_key, lines.product_key, date_trunc('month', lines.sold_on)::date as month,
    sum(lines.net_amount)::decimal(18, 4) as net_amount, sum(lines.quantity)::decimal(18, 4) as quantity, count(*)::bigint as line_count
from store.order_lines as lines
inner join store.accounts as accounts on accounts.account_key = lines.account_key
where lines.programme_key > 0 and is_visible(accounts.region_key)
group by all;

create view visible_purchase_months as
select
    days.account_key, date_trunc('month', days.sold_on)::date as month,
    count(*)::bigint as purchase_days, min(days.sold_on) as first_on, max(days.sold_on) as last_on,
    sum(days.net_amount)::decimal(18, 4) as net_amount, sum(days.margin_amount)::decimal(18, 4) as margin_amount,
    arg_min(days.net_amount, days.sold_on) as first_amount
from store.account_day as days
inner join store.accounts as accounts on accounts.account_key = days.account_key
where days.quantity > 0 and is_visible(accounts.region_key)
group by all;
