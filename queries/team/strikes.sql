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
        acts.account_key, acts.salesperson_key, acts.happened_on, acts.activity_id,
        coalesce(list_contains($ordered_words, lower(trim(acts.outcome))), false) as is_ordered
    from visible_activities as acts
    where
        coalesce(acts.kind, 'visit') = 'visit'
        and ($from_date is null or acts.happened_on >= $from_date::date)
        and ($to_date is null or acts.happened_on < $to_date::date)
), last_of_day as (
    select account_key, happened_on, max(activity_id) as activity_id
    from visits
    group by all
), linked as (
    select account_key, visited_on, sum(net_amount) as net_amount, sum(line_count) as line_count
    from visible_visit_orders
    where
        days_after <= $order_days
        and ($from_date is null or visited_on >= $from_date::date)
        and ($to_date is null or visited_on < $to_date::date)
    group by all
), done as (
    select
        visits.salesperson_key, date_trunc('month', visits.happened_on)::date as month,
        count(*) as visits,
        count(*) filter (where visits.is_ordered or linked.account_key is not null) as strikes,
        count(linked.account_key) as order_visits,
        sum(linked.line_count) as order_lines,
        sum(linked.net_amount) as order_amount
    from visits
    inner join filtered_accounts($region_ids, null) as accounts on accounts.account_key = visits.account_key
    left join last_of_day on last_of_day.account_key = visits.account_key and last_of_day.activity_id = visits.activity_id
    left join linked on linked.account_key = last_of_day.account_key and linked.visited_on = last_of_day.happened_on
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
