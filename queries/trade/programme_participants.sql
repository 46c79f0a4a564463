-- Question: which accounts took part in each of these programmes?
-- Grain: programme × account with order lines under its mark, or with an activity during it whose outcome names it.
-- Columns: programme_id, account_id, account, region_id, region, marked_sales (money, 0 without a mark), touches (activities that name it,
--   during it), touch_cost (money, what these activities cost), is_inside (the account is one of the filters').
-- Caveats: of the programmes $programme_ids.
--   An outcome names a programme by its whole name or, of four letters or more, by its identifier; capital letters do not matter.
--   Accounts outside the filters stay, marked as such: they did take part, so they are nobody's comparison.
with listed as (
    select
        programme_key, programme_id, lower(trim(programme)) as name, lower(programme_id) as code,
        starts_on, coalesce(ends_on, starts_on) as ends_on
    from visible_programmes
    where list_contains($programme_ids, programme_id)
), acts as (
    select account_key, happened_on, lower(outcome) as outcome, cost
    from visible_activities
    where
        account_key > 0 and outcome is not null
        and happened_on >= (select min(starts_on) from listed) and happened_on <= (select max(ends_on) from listed)
), named as (
    select listed.programme_key, listed.starts_on, listed.ends_on, outcomes.outcome
    from listed
    inner join (select distinct outcome from acts) as outcomes
        on contains(outcomes.outcome, listed.name) or (length(listed.code) >= 4 and contains(outcomes.outcome, listed.code))
), touched as (
    select named.programme_key, acts.account_key, count(*) as touches, sum(acts.cost) as touch_cost
    from named
    inner join acts on acts.outcome = named.outcome and acts.happened_on between named.starts_on and named.ends_on
    group by all
), bought as (
    select programme_key, account_key, sum(net_amount) as marked_sales
    from visible_programme_months
    where programme_key in (select programme_key from listed)
    group by all
    having sum(net_amount) > 0
), inside as (
    select account_key
    from filtered_accounts($region_ids, $account_ids)
    where $salesperson_ids is null or list_contains($salesperson_ids, salesperson_id)
)
select
    listed.programme_id, accounts.account_id, accounts.account, regions.region_id, regions.region,
    coalesce(bought.marked_sales, 0)::double as marked_sales,
    coalesce(touched.touches, 0)::bigint as touches,
    coalesce(touched.touch_cost, 0)::double as touch_cost,
    accounts.account_key in (select account_key from inside) as is_inside
from bought
full join touched on touched.programme_key = bought.programme_key and touched.account_key = bought.account_key
inner join listed on listed.programme_key = coalesce(bought.programme_key, touched.programme_key)
inner join visible_accounts as accounts on accounts.account_key = coalesce(bought.account_key, touched.account_key)
left join visible_regions as regions on regions.region_key = accounts.region_key
order by listed.programme_id, accounts.account_id
