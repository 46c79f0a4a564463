-- Question: which accounts do we know, and which of them buy, are supplied through another, bought once, or were never worked?
-- Grain: account that was known before $to_date.
-- Columns: account_id, account, kind, region_id, region, channel (as it is written), city, latitude, longitude (degrees), salesperson (as it
--   is written where the store knows nobody by that; null where nobody looks after the account); opened_on, began_month (of
--   the first purchase of anything, whenever), first_month (of the first purchase within the filters), last_month (of the last); buys, bought_before (itself, from $from_date on and from $before_from to
--   $from_date), is_supplied, was_supplied (hangs under an account that did); is_touched (an activity, a score or a deal), last_touch
--   (month of the last activity); net_sales, previous_sales, margin (null where no cost is known), costed_sales (whose cost is known), of
--   the same two spans; elsewhere (known purchases from others in the first span), money.
-- Parameters: before_from (as long before $from_date as that is before $to_date).
-- Caveats: spans are whole months. A filter by product asks who buys it; what is bought elsewhere and touches know no product. One by
--   salesperson keeps their accounts and their sales. Who opened or began later is not known yet; without a date an account was always.
--   salesperson is 'another_region' where the viewer does not see the person.
with bought as (
    select
        account_key, min(month) as first_month, max(month) as last_month,
        coalesce(sum(quantity) filter (where month >= $from_date::date), 0) > 0 as buys,
        coalesce(sum(quantity) filter (where month >= $before_from::date and month < $from_date::date), 0) > 0 as bought_before,
        sum(net_amount) filter (where month >= $from_date::date) as net_sales,
        sum(net_amount) filter (where month >= $before_from::date and month < $from_date::date) as previous_sales,
        sum(margin_amount) filter (where month >= $from_date::date) as margin,
        sum(costed_amount) filter (where month >= $from_date::date) as costed_sales
    from filtered_account_months(null, $to_date, null, $account_ids, $categories, $product_ids, $salesperson_ids)
    group by account_key
), began as (
    select account_key, min(month) as began_month
    from filtered_account_months(null, null, $region_ids, $account_ids, null, null, null)
    group by account_key
), above as (
    select tree.account_key, max(bought.buys) as is_supplied, max(bought.bought_before) as was_supplied
    from visible_account_tree as tree
    inner join bought on bought.account_key = tree.ancestor_key
    where tree.depth > 0
    group by tree.account_key
), touched as (
    select account_key, max(month) as last_touch from visible_activity_month where month < $to_date::date group by account_key
    union all
    select distinct account_key, null from visible_prospect_scores
    union all
    select distinct account_key, null from visible_opportunities where created_on < $to_date::date
), worked as (
    select account_key, max(last_touch) as last_touch from touched group by account_key
), reports as (
    select account_key, max(amount) as amount
    from visible_wallet
    where month >= $from_date::date and month < $to_date::date
    group by account_key, month, category, competitor
), elsewhere as (
    select account_key, sum(amount) as amount from reports group by account_key
)
select
    accounts.account_id, accounts.account, accounts.kind, regions.region_id, regions.region, accounts.channel, accounts.city,
    accounts.latitude, accounts.longitude,
    case
        when accounts.salesperson_key = 0 then accounts.salesperson_id
        when people.salesperson_key is null then 'another_region' else people.salesperson
    end as salesperson,
    accounts.opened_on, began.began_month, bought.first_month, bought.last_month,
    coalesce(bought.buys, false) as buys, coalesce(bought.bought_before, false) as bought_before,
    coalesce(above.is_supplied, false) as is_supplied, coalesce(above.was_supplied, false) as was_supplied,
    worked.account_key is not null as is_touched, worked.last_touch,
    bought.net_sales::double as net_sales, bought.previous_sales::double as previous_sales, bought.margin::double as margin,
    bought.costed_sales::double as costed_sales, elsewhere.amount::double as elsewhere
from filtered_accounts($region_ids, $account_ids) as accounts
left join visible_regions as regions on regions.region_key = accounts.region_key
left join visible_salespeople as people on people.salesperson_key = accounts.salesperson_key
left join bought on bought.account_key = accounts.account_key
left join began on began.account_key = accounts.account_key
left join above on above.account_key = accounts.account_key
left join worked on worked.account_key = accounts.account_key
left join elsewhere on elsewhere.account_key = accounts.account_key
where
    least(coalesce(accounts.opened_on, began.began_month, $from_date::date), coalesce(began.began_month, accounts.opened_on, $from_date::date)) < $to_date::date
    and ($salesperson_ids is null or list_contains($salesperson_ids, accounts.salesperson_id))
order by accounts.account_id
