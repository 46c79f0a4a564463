-- Question: which wholesalers and outlets were opened in the period, and do they still buy after so many days?
-- Grain: account of kind wholesaler or outlet that was opened in the period.
-- Columns: account_id, account, kind, city, region_id, region, parent_account (its supplier), salesperson_id, salesperson (who looks after it),
--   opened_on; first_order_on (of its own, null where another supplies it); looked (visits to it from the day $alive_days on, for $alive_window
--   days), orders_seen (days with an order of its own, and visits that ended with an order, in the same span).
-- Parameters: ordered_words (outcomes of a visit with an order, lower case).
-- Caveats: an account without opened_on counts from its first own order. Purchases through another account are seen in visits only.
with began as (
    select days.account_key, min(days.sold_on) as first_order_on
    from visible_account_days as days
    inner join filtered_accounts($region_ids, null) as accounts on accounts.account_key = days.account_key
    where accounts.kind in ('wholesaler', 'outlet') and days.net_amount > 0
    group by all
), opened as (
    select accounts.*, began.first_order_on, coalesce(accounts.opened_on, began.first_order_on) as since
    from filtered_accounts($region_ids, null) as accounts
    left join began on began.account_key = accounts.account_key
    where
        accounts.kind in ('wholesaler', 'outlet')
        and ($salesperson_ids is null or list_contains($salesperson_ids, accounts.salesperson_id))
), chosen as (
    select * from opened
    where since is not null and ($from_date is null or since >= $from_date::date) and ($to_date is null or since < $to_date::date)
), looked as (
    select chosen.account_key, count(*) as looked, count(*) filter (where list_contains($ordered_words, lower(trim(acts.outcome)))) as ordered
    from chosen
    inner join visible_activities as acts
        on acts.account_key = chosen.account_key and coalesce(acts.kind, 'visit') = 'visit'
        and acts.happened_on >= chosen.since + $alive_days::integer
        and acts.happened_on < chosen.since + $alive_days::integer + $alive_window::integer
    group by all
), bought as (
    select chosen.account_key, count(*) as ordered
    from chosen
    inner join visible_account_days as days
        on days.account_key = chosen.account_key and days.net_amount > 0
        and days.sold_on >= chosen.since + $alive_days::integer
        and days.sold_on < chosen.since + $alive_days::integer + $alive_window::integer
    group by all
)
select
    chosen.account_id, chosen.account, chosen.kind, chosen.city, regions.region_id, regions.region, parents.account as parent_account,
    people.salesperson_id, people.salesperson, chosen.since as opened_on, chosen.first_order_on,
    coalesce(looked.looked, 0)::bigint as looked,
    (coalesce(looked.ordered, 0) + coalesce(bought.ordered, 0))::bigint as orders_seen
from chosen
left join looked on looked.account_key = chosen.account_key
left join bought on bought.account_key = chosen.account_key
left join visible_regions as regions on regions.region_key = chosen.region_key
left join visible_accounts as parents on parents.account_key = chosen.parent_account_key
left join visible_salespeople as people on people.salesperson_key = chosen.salesperson_key
order by chosen.since desc, chosen.account_id
