-- Question: which accounts changed hands in the period, and what did the new person take up?
-- Grain: account whose person today is not the one who worked on it before.
-- Columns: account_id, account, region_id, region, salesperson_id, salesperson (today's), former_id, former (who worked on it last
--   before), handed_on (month of today's person's first work on it), last_activity_on (month of their last activity with it),
--   has_decision_maker, open_deals, open_value (expected_amount), left_deals, left_value (of the open deals: those that are not in
--   today's person's name), undated_deals (open deals without an expected close).
-- Parameters: until (the last day that is looked at), before (the day after it, null = open), closed (numbers of the stages won and lost).
-- Caveats: work is an activity or a sale, known by the month; who still works on the account is no former person. An account without
--   a person today has nobody to hand over to. Of two who worked on it until the same month the later comer is the former person, else the
--   first by id. People of regions outside the viewer's scope are 'another_region'.
with work as (
    select account_key, salesperson_key, month, month as activity_month from visible_activity_month where month <= $until::date
    union all
    select account_key, salesperson_key, month, null as activity_month
    from filtered_account_months(null, $before, $region_ids, $account_ids, null, null, null)
), spans as (
    select account_key, salesperson_key, min(month) as first_month, max(month) as last_month, max(activity_month) as activity_month
    from work
    where account_key > 0 and salesperson_key > 0
    group by account_key, salesperson_key
), taken as (
    select accounts.*, spans.first_month as handed_on, spans.activity_month
    from filtered_accounts($region_ids, $account_ids) as accounts
    inner join spans on spans.account_key = accounts.account_key and spans.salesperson_key = accounts.salesperson_key
    where
        ($from_date is null or spans.first_month >= date_trunc('month', $from_date::date))
        and ($salesperson_ids is null or list_contains($salesperson_ids, accounts.salesperson_id))
        and ($account_kinds is null or list_contains($account_kinds, lower(accounts.kind)))
        and ($channels is null or list_contains($channels, lower(trim(accounts.channel))))
), former as (
    select taken.account_key, arg_max(spans.salesperson_key, row(spans.last_month, spans.first_month, -spans.salesperson_key)) as former_key
    from taken
    inner join spans on spans.account_key = taken.account_key and spans.salesperson_key != taken.salesperson_key
    where spans.first_month < taken.handed_on and spans.last_month <= taken.handed_on
    group by taken.account_key
), deals as (
    select spells.account_key, spells.expected_amount, spells.expected_close_on, spells.salesperson_key
    from filtered_stage_spells(null, null, $region_ids, null, $categories, $product_ids, null, null, null, null) as spells
    where
        spells.account_key in (select account_key from former)
        and stood_in(spells.began_on, spells.left_on, $until)
        and not coalesce(list_contains($closed::integer[], spells.stage_number), false)
), held as (
    select
        taken.account_key, count(*) as open_deals, sum(deals.expected_amount) as open_value,
        count(*) filter (where deals.salesperson_key != taken.salesperson_key) as left_deals,
        sum(deals.expected_amount) filter (where deals.salesperson_key != taken.salesperson_key) as left_value,
        count(*) filter (where deals.expected_close_on is null) as undated_deals
    from taken
    inner join deals on deals.account_key = taken.account_key
    group by taken.account_key
)
select
    taken.account_id, taken.account, regions.region_id, regions.region,
    people.salesperson_id, coalesce(people.salesperson, 'another_region') as salesperson, before.salesperson_id as former_id, coalesce(before.salesperson, 'another_region') as former,
    taken.handed_on, taken.activity_month as last_activity_on,
    taken.account_key in (select account_key from visible_contacts where role = 'decision maker') as has_decision_maker,
    coalesce(held.open_deals, 0)::bigint as open_deals, coalesce(held.open_value, 0)::double as open_value,
    coalesce(held.left_deals, 0)::bigint as left_deals, coalesce(held.left_value, 0)::double as left_value,
    coalesce(held.undated_deals, 0)::bigint as undated_deals
from taken
inner join former on former.account_key = taken.account_key
left join held on held.account_key = taken.account_key
left join visible_regions as regions on regions.region_key = taken.region_key
left join visible_salespeople as people on people.salesperson_key = taken.salesperson_key
left join visible_salespeople as before on before.salesperson_key = former.former_key
order by left_value desc, taken.handed_on desc, taken.account_id
