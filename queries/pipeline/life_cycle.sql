-- Question: what do we know of each account beside its orders, from first contact on?
-- Grain: account.
-- Columns: account_key (the store's integer), account_id, account, kind, channel, region, salesperson, has_parent (another account supplies or
--   owns it), is_theirs (of the filter's salespeople), has_touch (an activity or a score), has_deal (ever), has_open_deal, net_sales (of the 12
--   months up to $until's), open_value (of the open deals).
-- Parameters: until (the last day that is looked at), before (the day after it, null = open), closed (numbers of the stages won and lost).
-- Caveats: what happened after $until is left out. Accounts opened later are not there yet; order_months.sql has the orders.
--   salesperson is 'another_region' where the viewer does not see the person. A filter by product narrows sales and deals; one by salesperson
--   the person's sales and deals, whoever's the account is.
with sold as (
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
    accounts.account_key, accounts.account_id, accounts.account, accounts.kind, accounts.channel, regions.region,
    case when accounts.salesperson_key > 0 then coalesce(people.salesperson, 'another_region') end as salesperson, accounts.parent_account_id is not null as has_parent,
    $salesperson_ids is null or list_contains($salesperson_ids, accounts.salesperson_id) as is_theirs,
    touched.account_key is not null as has_touch, offered.account_key is not null as has_deal,
    coalesce(offered.has_open_deal, false) as has_open_deal,
    coalesce(sold.net_sales, 0)::double as net_sales, coalesce(offered.open_value, 0)::double as open_value
from filtered_accounts($region_ids, $account_ids) as accounts
left join sold on sold.account_key = accounts.account_key
left join offered on offered.account_key = accounts.account_key
left join touched on touched.account_key = accounts.account_key
left join visible_regions as regions on regions.region_key = accounts.region_key
left join visible_salespeople as people on people.salesperson_key = accounts.salesperson_key
where
    coalesce(accounts.opened_on, $until::date) <= $until::date
    and ($account_kinds is null or list_contains($account_kinds, lower(accounts.kind)))
    and ($channels is null or list_contains($channels, lower(trim(accounts.channel))))
order by net_sales desc, accounts.account_id
