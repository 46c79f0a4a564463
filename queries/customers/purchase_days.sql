-- Question: on how many days did each account buy, when first and last, and for how much?
-- Grain: account with a day on which it bought, before $to_date.
-- Columns: account_id, account, kind, region; purchase_days (days with units bought, returns of the day subtracted), first_on, last_on,
--   net_sales, margin (null where no cost is known), first_sales (net sales of the first day); days_last, days_before (purchase days of
--   the twelve months up to $end, and of the twelve before), sales_last, margin_last (of the twelve months up to $end, all returns in them); money.
-- Caveats: from the roll-up of purchase days; the months that $end, and the days a year and two before it, cut are read by days (none
--   where $end is the first of a month). Only a filter on products or salespeople reads the order lines. A day with returns only is no purchase, and its amount is left out of
--   what purchase days brought.
--   The period's beginning plays no part: a customer's life begins with the first purchase.
with bought as (
    select account_key, month as begins_on, purchase_days, first_on, last_on, net_amount, margin_amount, first_amount
    from visible_purchase_months
    where
        $categories is null and $product_ids is null and $salesperson_ids is null
        and month < date_trunc('month', $end::date)
        and (
            day($end::date) = 1
            or month not in (date_trunc('month', $end::date - interval 12 month), date_trunc('month', $end::date - interval 24 month))
        )
        and (
            ($region_ids is null and $account_ids is null)
            or account_key in (select account_key from filtered_accounts($region_ids, $account_ids))
        )
    union all
    select account_key, sold_on, 1, sold_on, sold_on, net_amount, margin_amount, net_amount
    from visible_account_days
    where
        $categories is null and $product_ids is null and $salesperson_ids is null
        and day($end::date) > 1 and quantity > 0 and sold_on < $end::date
        and (
            sold_on >= date_trunc('month', $end::date)
            or date_trunc('month', sold_on) = date_trunc('month', $end::date - interval 12 month)
            or date_trunc('month', sold_on) = date_trunc('month', $end::date - interval 24 month)
        )
        and (
            ($region_ids is null and $account_ids is null)
            or account_key in (select account_key from filtered_accounts($region_ids, $account_ids))
        )
    union all
    select account_key, sold_on, 1, sold_on, sold_on, sum(net_amount), sum(net_amount - estimated_cost), sum(net_amount)
    from filtered_order_lines(
        null, $to_date, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids
    )
    where $categories is not null or $product_ids is not null or $salesperson_ids is not null
    group by account_key, sold_on
    having sum(quantity) > 0
), spans as (
    select
        *,
        begins_on >= ($end::date - interval 12 month)::date as is_last,
        begins_on >= ($end::date - interval 24 month)::date and begins_on < ($end::date - interval 12 month)::date as is_before
    from bought
), lives as (
    select
        account_key, sum(purchase_days) as purchase_days, min(first_on) as first_on, max(last_on) as last_on,
        sum(net_amount) as net_amount, sum(margin_amount) as margin_amount, arg_min(first_amount, first_on) as first_amount,
        coalesce(sum(purchase_days) filter (where is_last), 0) as days_last,
        coalesce(sum(purchase_days) filter (where is_before), 0) as days_before
    from spans
    group by all
), years as (
    select account_key, sum(net_amount) as last_amount, sum(margin_amount) as last_margin
    from filtered_account_months(
        ($end::date - interval 12 month)::date, $end::date,
        $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids
    )
    group by all
)
select
    accounts.account_id, accounts.account, accounts.kind, regions.region,
    lives.purchase_days::bigint as purchase_days, lives.first_on, lives.last_on,
    lives.net_amount::double as net_sales, lives.margin_amount::double as margin, lives.first_amount::double as first_sales,
    lives.days_last::bigint as days_last, lives.days_before::bigint as days_before,
    coalesce(years.last_amount, 0)::double as sales_last, years.last_margin::double as margin_last
from lives
inner join visible_accounts as accounts on accounts.account_key = lives.account_key
left join visible_regions as regions on regions.region_key = accounts.region_key
left join years on years.account_key = lives.account_key
order by accounts.account_id
