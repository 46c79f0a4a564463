-- Question: what did each account bring in a year and the year before, what hangs under it, and how was it called on?
-- Grain: account with a sale in the period or in the twelve months before it.
-- Columns: account_key; net_sales, margin (null where no cost is known), returned_amount (not above 0), orders, active_months (with
--   units bought) of the period, is_active (it bought something in the period: not only returns), has_lines (sold or returned, in the
--   period), previous_sales (null without a line in the months before), was_active (it bought something in these), money; visits, calls
--   (calls and messages), events, activity_cost (null where none is stated);
--   accounts_below, opened_below (directly under it, and of these opened in the period).
-- Caveats: the period is twelve whole months. Activities know no product: they are the account's whole. Who the
--   accounts are is store/account_descriptions.
with months as (
    select
        account_key, month, month >= $from_date::date as is_now, sum(net_amount) as net_amount, sum(margin_amount) as margin_amount,
        sum(returned_amount) as returned_amount, sum(quantity) as quantity
    from filtered_account_months(
        ($from_date::date - interval 12 month)::date, $to_date, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids
    )
    group by all
), sold as (
    select
        account_key, sum(net_amount) filter (where is_now) as net_amount, sum(margin_amount) filter (where is_now) as margin_amount,
        sum(returned_amount) filter (where is_now) as returned_amount, sum(net_amount) filter (where not is_now) as previous_amount,
        count(*) filter (where is_now and quantity > 0) as active_months,
        count(*) filter (where is_now and (net_amount > returned_amount or quantity > 0)) > 0 as is_active,
        count(*) filter (where not is_now and (net_amount > returned_amount or quantity > 0)) > 0 as was_active,
        count(*) filter (where is_now) > 0 as has_lines
    from months
    group by all
), ordered as (
    select account_key, sum(order_count) as orders
    from filtered_order_months($from_date, $to_date, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids)
    group by all
), met as (
    select
        account_key, count(*) filter (where kind = 'visit' or kind is null) as visits,
        count(*) filter (where kind in ('call', 'message')) as calls, count(*) filter (where kind = 'event') as events, sum(cost) as cost
    from filtered_activities($from_date, $to_date, $region_ids, $account_ids, null)
    group by all
), below as (
    select
        parent_account_key as account_key, count(*) as accounts,
        count(*) filter (where opened_on >= $from_date::date and opened_on < $to_date::date) as opened
    from visible_accounts
    where parent_account_key > 0
    group by all
)
select
    sold.account_key, coalesce(sold.net_amount, 0)::double as net_sales, sold.margin_amount::double as margin,
    coalesce(sold.returned_amount, 0)::double as returned_amount, coalesce(ordered.orders, 0)::bigint as orders,
    sold.active_months::bigint as active_months, sold.is_active, sold.has_lines, sold.previous_amount::double as previous_sales, sold.was_active,
    coalesce(met.visits, 0)::bigint as visits, coalesce(met.calls, 0)::bigint as calls, coalesce(met.events, 0)::bigint as events,
    met.cost::double as activity_cost,
    coalesce(below.accounts, 0)::bigint as accounts_below, coalesce(below.opened, 0)::bigint as opened_below
from sold
left join ordered on ordered.account_key = sold.account_key
left join met on met.account_key = sold.account_key
left join below on below.account_key = sold.account_key
order by sold.account_key
