-- Question: what did each account that buys bring in the period, and what did serving it take?
-- Grain: account with a sale in the period.
-- Columns: account_key; net_sales, margin (null where no cost is known), costed_sales, quantity, volume (hl), orders; previous_sales,
--   previous_margin (the same months a year earlier), earlier_quantity (all units before the period); activities, activity_cost,
--   activity_hours; invoices, amount_days (what was owed × the days of the period that it was owed); competitor_amount (bought from
--   others in the period), competitor_months (months of which that is known); money.
-- Caveats: the period is whole months. Activities, receivables and what others sell know no product: they are the account's whole.
--   Visits to outlets are not their distributor's. Where two sources report the same month, category and competitor, the larger counts.
--   In no order. Who the accounts are is store/account_descriptions.
with months as (
    select
        *, month >= $from_date::date as is_now,
        month >= ($from_date::date - interval 12 month)::date and month < ($to_date::date - interval 12 month)::date as is_previous
    from filtered_account_months(null, $to_date, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids)
), sold as (
    select
        account_key, sum(net_amount) filter (where is_now) as net_amount, sum(margin_amount) filter (where is_now) as margin_amount,
        sum(costed_amount) filter (where is_now) as costed_amount, sum(quantity) filter (where is_now) as quantity,
        sum(volume) filter (where is_now) as volume, sum(net_amount) filter (where is_previous) as previous_amount,
        sum(margin_amount) filter (where is_previous) as previous_margin, sum(quantity) filter (where not is_now) as earlier_quantity
    from months
    group by all
    having bool_or(is_now)
), ordered as (
    select account_key, sum(order_count) as orders
    from filtered_order_months($from_date, $to_date, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids)
    group by all
), worked as (
    select account_key, count(*) as activities, sum(cost) as cost, sum(hours) as hours
    from visible_activities
    where happened_on >= $from_date::date and happened_on < $to_date::date
    group by all
), owed as (
    select
        account_key, count(*) as invoices,
        sum(amount * date_diff(
            'day', greatest(coalesce(issued_on, due_on), $from_date::date), least(coalesce(paid_on, $to_date::date), $to_date::date)
        )) as amount_days
    from visible_receivables
    where coalesce(issued_on, due_on) < $to_date::date and (paid_on is null or paid_on > $from_date::date)
    group by all
), reports as (
    select account_key, month, max(amount) as amount
    from visible_wallet
    where month >= $from_date::date and month < $to_date::date
    group by account_key, month, category, competitor
), elsewhere as (
    select account_key, sum(amount) as amount, count(distinct month) as months
    from reports
    group by all
)
select
    sold.account_key, sold.net_amount::double as net_sales, sold.margin_amount::double as margin, sold.costed_amount::double as costed_sales,
    sold.quantity::double as quantity, sold.volume::double as volume, coalesce(ordered.orders, 0)::bigint as orders,
    sold.previous_amount::double as previous_sales, sold.previous_margin::double as previous_margin,
    coalesce(sold.earlier_quantity, 0)::double as earlier_quantity,
    coalesce(worked.activities, 0)::bigint as activities,
    coalesce(worked.cost, 0)::double as activity_cost, coalesce(worked.hours, 0)::double as activity_hours,
    coalesce(owed.invoices, 0)::bigint as invoices, coalesce(owed.amount_days, 0)::double as amount_days,
    elsewhere.amount::double as competitor_amount, coalesce(elsewhere.months, 0)::bigint as competitor_months
from sold
left join ordered on ordered.account_key = sold.account_key
left join worked on worked.account_key = sold.account_key
left join owed on owed.account_key = sold.account_key
left join elsewhere on elsewhere.account_key = sold.account_key
