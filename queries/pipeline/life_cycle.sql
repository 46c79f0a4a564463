-- Question: how far has each account come from first contact to repurchase?
-- Grain: account.
-- Columns: account_id, account, kind, channel, region, salesperson, has_parent (another account supplies or owns it), orders (distinct orders up to
--   $until, null without one), first_month, second_month (of the second order), last_month, run_month (month in which the present run of
--   orders began: before it there was none for more than $lost_months), run_months (months with an order since then), has_touch (an
--   activity or a score), has_deal (ever), has_open_deal, net_sales (of the 12 months up to $until's), open_value (of the open deals).
-- Parameters: until (the last day that is looked at), before (the day after it, null = open), closed (numbers of the stages won and lost), lost_months.
-- Caveats: what happened after $until is left out; orders are known by the month. Accounts opened later are not there yet.
--   salesperson is 'another_region' where the viewer does not see the person. A filter by product narrows orders and deals; one by salesperson leaves the person's accounts and buyers.
with ordered as (
    select
        account_key, month, sum(order_count) as orders,
        lag(month) over by_month as before_month, row_number() over by_month as place
    from filtered_order_months(
        null, $before, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids
    )
    group by account_key, month
    window by_month as (partition by account_key order by month)
), bought as (
    select
        account_key, min(month) as first_month, max(month) as last_month, sum(orders) as orders,
        min(month) filter (where place > 1 or orders > 1) as second_month,
        max(month) filter (where begins) as run_month, max(place) - max(place) filter (where begins) + 1 as run_months
    from (select *, before_month is null or date_diff('month', before_month, month) > $lost_months as begins from ordered)
    group by account_key
), sold as (
    select account_key, sum(net_amount) as net_sales
    from filtered_account_months(
        (date_trunc('month', $until::date) - interval 11 month)::date, $before,
        $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids
    )
    group by account_key
), offered as (
    select
        account_key,
        bool_or(is_open) as has_open_deal, sum(expected_amount) filter (where is_open) as open_value
    from (
        select account_key, expected_amount, not coalesce(list_contains($closed::integer[], stage_number), false) as is_open
        from filtered_stage_spells(
            null, null, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids, null, null, null
        )
        where
            created_on <= $until::date and coalesce(entered_on, created_on) <= $until::date
            and (left_on is null or left_on > $until::date) and account_key > 0
    )
    group by account_key
), touched as (
    select account_key from visible_activity_month where month <= $until::date group by account_key
    union
    select account_key from visible_prospect_scores where coalesce(scored_on, $until::date) <= $until::date group by account_key
)
select
    accounts.account_id, accounts.account, accounts.kind, accounts.channel, regions.region,
    case when accounts.salesperson_key > 0 then coalesce(people.salesperson, 'another_region') end as salesperson, accounts.parent_account_id is not null as has_parent,
    bought.orders::bigint as orders, bought.first_month, bought.second_month, bought.last_month, bought.run_month,
    bought.run_months::bigint as run_months,
    touched.account_key is not null as has_touch, offered.account_key is not null as has_deal,
    coalesce(offered.has_open_deal, false) as has_open_deal,
    coalesce(sold.net_sales, 0)::double as net_sales, coalesce(offered.open_value, 0)::double as open_value
from filtered_accounts($region_ids, $account_ids) as accounts
left join bought on bought.account_key = accounts.account_key
left join sold on sold.account_key = accounts.account_key
left join offered on offered.account_key = accounts.account_key
left join touched on touched.account_key = accounts.account_key
left join visible_regions as regions on regions.region_key = accounts.region_key
left join visible_salespeople as people on people.salesperson_key = accounts.salesperson_key
where
    coalesce(accounts.opened_on, bought.first_month, $until::date) <= $until::date
    and ($account_kinds is null or list_contains($account_kinds, lower(accounts.kind)))
    and ($channels is null or list_contains($channels, lower(trim(accounts.channel))))
    and ($salesperson_ids is null or list_contains($salesperson_ids, accounts.salesperson_id) or bought.account_key is not null)
order by net_sales desc, accounts.account_id
