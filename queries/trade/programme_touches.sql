-- Question: how often were accounts touched before, during and after each of these programmes, how many answered, how many ordered soon after?
-- Grain: programme × phase (before, during, after) with an activity whose outcome names the programme.
-- Columns: programme_id, phase; touches (activities), accounts (touched), answered (touches that got an answer: two-way contacts),
--   ordered (accounts with an order line within $order_days days of a touch, the day itself included); hours, cost (money).
-- Caveats: of the programmes $programme_ids.
--   Names as in trade/programme_participants. An outcome that ends with one of $one_way is no answer, nor is a message that says
--   nothing but the name. Up to $touch_days days before and after.
with listed as (
    select programme_id, lower(trim(programme)) as name, lower(programme_id) as code, starts_on, coalesce(ends_on, starts_on) as ends_on
    from visible_programmes
    where list_contains($programme_ids, programme_id) and starts_on is not null
), acts as (
    select activity_id, account_key, happened_on, kind, lower(trim(outcome)) as outcome, hours, cost
    from filtered_activities(null, null, $region_ids, $account_ids, $salesperson_ids)
    where
        account_key > 0 and outcome is not null
        and happened_on >= (select min(starts_on) - $touch_days::integer from listed)
        and happened_on <= (select max(ends_on) + $touch_days::integer from listed)
), named as (
    select listed.programme_id, listed.name, listed.code, listed.starts_on, listed.ends_on, outcomes.outcome
    from listed
    inner join (select distinct outcome from acts) as outcomes
        on contains(outcomes.outcome, listed.name) or (length(listed.code) >= 4 and contains(outcomes.outcome, listed.code))
), touched as (
    select
        named.programme_id, acts.*,
        case
            when acts.happened_on < named.starts_on then 'before'
            when acts.happened_on <= named.ends_on then 'during'
            else 'after'
        end as phase,
        (acts.kind = 'message' and acts.outcome in (named.name, named.code))
        or len(list_filter($one_way, lambda word: ends_with(acts.outcome, word))) > 0 as is_one_way
    from named
    inner join acts
        on acts.outcome = named.outcome
        and acts.happened_on >= named.starts_on - $touch_days::integer and acts.happened_on <= named.ends_on + $touch_days::integer
), ordered as (
    select distinct touched.programme_id, touched.phase, touched.account_key
    from touched
    inner join visible_account_days as days
        on days.account_key = touched.account_key and days.net_amount > 0
        and days.sold_on >= touched.happened_on and days.sold_on <= touched.happened_on + $order_days::integer
)
select
    touched.programme_id, touched.phase,
    count(*)::bigint as touches,
    count(distinct touched.account_key)::bigint as accounts,
    (count(*) filter (where not touched.is_one_way))::bigint as answered,
    (count(distinct ordered.account_key))::bigint as ordered,
    sum(touched.hours)::double as hours,
    sum(touched.cost)::double as cost
from touched
left join ordered
    on ordered.programme_id = touched.programme_id and ordered.phase = touched.phase and ordered.account_key = touched.account_key
group by all
order by touched.programme_id, touched.phase
