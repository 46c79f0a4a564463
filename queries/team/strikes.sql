-- Question: how many of each salesperson's visits ended with an order, and what was ordered?
-- Grain: salesperson × month of the visits.
-- Columns: salesperson_id, salesperson, region_id, region (the person's), month; visits; strikes (of them with an order: the outcome says so,
--   or the account ordered within order_days); order_visits (of them followed by an order of the account's own), order_lines and
--   order_amount (money) of these orders.
-- Parameters: order_days, ordered_words (outcomes of a visit with an order, lower case).
-- Caveats: an account's day with an order belongs to its last visit before it, whoever made it, and counts once. Accounts that another one
--   supplies have no orders of their own: only the outcome tells.
with visits as (
    select
        acts.account_key, acts.salesperson_key, acts.happened_on,
        acts.activity_id,
        coalesce(list_contains($ordered_words, lower(trim(acts.outcome))), false) as is_ordered
    from visible_activities as acts
    where
        coalesce(acts.kind, 'visit') = 'visit'
        and ($from_date is null or acts.happened_on >= $from_date::date)
        and ($to_date is null or acts.happened_on < $to_date::date + $order_days::integer)
), last_of_day as (
    select account_key, happened_on, max(activity_id) as activity_id
    from visits
    group by all
), spans as (
    select
        account_key, activity_id, happened_on,
        least(lead(happened_on) over (partition by account_key order by happened_on), happened_on + $order_days::integer + 1) as ended_on
    from last_of_day
), owned as (
    -- A row for each day of a visit, not a search for each day's visit: there are more days with an order.
    select account_key, activity_id, happened_on + unnest(range(0, ended_on - happened_on))::integer as sold_on from spans
), linked as (
    select owned.account_key, owned.activity_id, sum(days.net_amount) as net_amount, sum(days.line_count) as line_count
    from visible_account_days as days
    inner join owned on owned.account_key = days.account_key and owned.sold_on = days.sold_on
    where
        days.net_amount > 0
        and ($from_date is null or days.sold_on >= $from_date::date)
        and ($to_date is null or days.sold_on < $to_date::date + $order_days::integer + 1)
    group by all
), done as (
    select
        visits.salesperson_key, date_trunc('month', visits.happened_on)::date as month,
        count(*) as visits,
        count(*) filter (where visits.is_ordered or linked.activity_id is not null) as strikes,
        count(linked.activity_id) as order_visits,
        sum(linked.line_count) as order_lines,
        sum(linked.net_amount) as order_amount
    from visits
    inner join filtered_accounts($region_ids, null) as accounts on accounts.account_key = visits.account_key
    left join linked on linked.account_key = visits.account_key and linked.activity_id = visits.activity_id
    where $to_date is null or visits.happened_on < $to_date::date
    group by all
)
select
    people.salesperson_id, people.salesperson, regions.region_id, regions.region, done.month,
    done.visits::bigint as visits,
    done.strikes::bigint as strikes,
    done.order_visits::bigint as order_visits,
    coalesce(done.order_lines, 0)::bigint as order_lines,
    coalesce(done.order_amount, 0)::double as order_amount
from done
inner join visible_salespeople as people on people.salesperson_key = done.salesperson_key
left join visible_regions as regions on regions.region_key = people.region_key
where $salesperson_ids is null or list_contains($salesperson_ids, people.salesperson_id)
order by people.salesperson_id, done.month
