-- Question: who looks after each account, how often was it called on, and what do competitors sell it?
-- Grain: account.
-- Columns: account_id, account, kind, region_id, region; salesperson_id, salesperson, role (of its owner), is_leader (the owner leads
--   others); activities (of all kinds), calls (visits and calls), hours (sum of those stated), timed (activities whose hours are
--   stated); competitor_amount (sum of the reported months, money), reported_months.
-- Caveats: a salesperson's filter keeps the accounts that are theirs. Activities count whoever made them. Hours are null where none
--   is stated. Where two sources report the same month, category and competitor, the larger amount counts.
with acts as (
    select
        account_key, count(*) as activities, count(*) filter (where coalesce(kind, 'visit') in ('visit', 'call')) as calls,
        sum(hours) as hours, count(hours) as timed
    from filtered_activities($from_date, $to_date, $region_ids, $account_ids, null)
    where account_key > 0
    group by all
), reports as (
    select account_key, month, category, competitor, max(amount) as amount
    from visible_wallet
    where month >= $from_date and month < $to_date
    group by all
), reported as (
    select account_key, sum(amount) as competitor_amount, count(distinct month) as reported_months
    from reports
    group by all
), leaders as (
    select distinct manager_key from visible_salespeople where manager_key > 0
)
select
    accounts.account_id, accounts.account, accounts.kind, regions.region_id, regions.region,
    people.salesperson_id, people.salesperson, people.role, leaders.manager_key is not null as is_leader,
    coalesce(acts.activities, 0)::bigint as activities,
    coalesce(acts.calls, 0)::bigint as calls,
    acts.hours::double as hours,
    coalesce(acts.timed, 0)::bigint as timed,
    coalesce(reported.competitor_amount, 0)::double as competitor_amount,
    coalesce(reported.reported_months, 0)::bigint as reported_months
from filtered_accounts($region_ids, $account_ids) as accounts
left join acts on acts.account_key = accounts.account_key
left join reported on reported.account_key = accounts.account_key
left join visible_salespeople as people on people.salesperson_key = accounts.salesperson_key
left join leaders on leaders.manager_key = people.salesperson_key
left join visible_regions as regions on regions.region_key = accounts.region_key
where
    $salesperson_ids is null or list_contains($salesperson_ids, accounts.salesperson_id)
order by accounts.account_key
