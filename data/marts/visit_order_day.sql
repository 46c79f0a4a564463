-- Grain: account × its last visit's day × day with an order that followed, in the order of the visits. Money in the store's currency.
-- An order belongs to the account's last visit before it, on the same day at the latest. Orders more than 60 days after a visit have nothing
-- to do with it: nobody can ask for more days (measures/thresholds/monthly_evaluation.py).
create table gen.visit_order_day as
with days as (
    select account_key, sold_on as day, null::date as visited_on, net_amount, line_count
    from gen.account_day
    where net_amount > 0
    union all
    select account_key, happened_on as day, happened_on as visited_on, null as net_amount, null as line_count
    from gen.activities
    where account_key > 0 and coalesce(kind, 'visit') = 'visit'
    group by all
), placed as (
    select account_key, day, net_amount, line_count, max(visited_on) over (partition by account_key order by day) as visited_on from days
)
select
    placed.account_key, accounts.region_key, placed.visited_on,
    date_diff('day', placed.visited_on, placed.day)::smallint as days_after,
    placed.net_amount::decimal(18, 4) as net_amount,
    placed.line_count::bigint as line_count
from placed
inner join gen.accounts as accounts on accounts.account_key = placed.account_key
where placed.net_amount is not null and date_diff('day', placed.visited_on, placed.day) <= 60
order by placed.visited_on, placed.account_key, days_after;
