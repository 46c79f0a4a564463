-- Grain: account × month with a purchase day, which is a day with units bought, returns of the day subtracted: an account's life without
-- its days. Money of the purchase days alone; first_amount is the net of the month's first one.
create table gen.purchase_month as
with days as (
    select account_key, sold_on, date_trunc('month', sold_on)::date as month, net_amount, margin_amount
    from gen.account_day
    where quantity > 0
), months as (
    select
        account_key, month,
        count(*)::bigint as purchase_days, min(sold_on) as first_on, max(sold_on) as last_on,
        sum(net_amount)::decimal(18, 4) as net_amount, sum(margin_amount)::decimal(18, 4) as margin_amount
    from days
    group by all
)
select months.*, days.net_amount as first_amount
from months
inner join days on days.account_key = months.account_key and days.sold_on = months.first_on
order by months.account_key, months.month;
