-- Question: how long are the pauses between the days on which an account orders?
-- Grain: account × length of the pause; the first order day of the period has none (null).
-- Columns: account_id, pause_days, orders (order days after a pause of that length), first_on, last_on (the first and last of these days).
-- Caveats: of accounts that are not in $regular_ids; several orders of a day are one, returns are none. The salesperson does not narrow
--   it: an account that was handed over has not paused.
with watched as (
    select account_key, account_id
    from visible_accounts
    where account_id not in (select unnest($regular_ids::varchar[]))
), days as (
    select distinct lines.account_key, lines.sold_on
    from filtered_order_lines($from_date, $to_date, $region_ids, $account_ids, $categories, $product_ids, null) as lines
    inner join watched on watched.account_key = lines.account_key
    where lines.quantity > 0
), paused as (
    select
        account_key, sold_on,
        sold_on - lag(sold_on) over (partition by account_key order by sold_on) as pause_days
    from days
)
select
    watched.account_id,
    paused.pause_days::bigint as pause_days,
    count(*)::bigint as orders,
    min(paused.sold_on) as first_on,
    max(paused.sold_on) as last_on
from paused
inner join watched on watched.account_key = paused.account_key
group by watched.account_key, watched.account_id, paused.pause_days
order by watched.account_key, paused.pause_days
