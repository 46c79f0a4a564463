-- Question: who has never bought, what do they buy of others, and how well is their file kept?
-- Grain: account without an order line up to $until that no other account supplies, or that was rated all the same.
-- Columns: account_key (the store's integer), account_id, account, kind, region_id, region, salesperson_id, salesperson; is_placed (its region or city is known);
--   contacts, has_decision_maker; reported (money bought of others, summed over reported_months), first_report, last_report (months);
--   first_scored_on, last_scored_on.
-- Parameters: until (the last day that is looked at), wallet_months.
-- Caveats: an account under another one is supplied by that one. Any order line counts, whatever product or salesperson the
--   filters name; reports are those of the wallet_months up to the account's last one. Where two sources report the same month,
--   category and competitor, the larger amount counts. Accounts opened later are not there yet. Contacts have no date.
--   salesperson is 'another_region', without an id, where the viewer does not see the person.
with rated as (
    select account_key, min(scored_on) as first_scored_on, max(scored_on) as last_scored_on
    from visible_prospect_ratings
    where coalesce(scored_on, $until::date) <= $until::date
    group by account_key
), prospects as (
    select
        accounts.account_key, accounts.account_id, accounts.account, accounts.kind, accounts.region_key, accounts.salesperson_key,
        accounts.salesperson_id, accounts.city, rated.first_scored_on, rated.last_scored_on
    from filtered_accounts($region_ids, $account_ids) as accounts
    left join rated on rated.account_key = accounts.account_key
    where
        accounts.account_key not in (select account_key from visible_account_first_sale where first_sold_on <= $until::date)
        and (accounts.parent_account_key = 0 or rated.account_key is not null)
        and coalesce(accounts.opened_on, $until::date) <= $until::date
        and ($salesperson_ids is null or list_contains($salesperson_ids, accounts.salesperson_id))
        and ($account_kinds is null or list_contains($account_kinds, lower(accounts.kind)))
        and ($channels is null or list_contains($channels, lower(trim(accounts.channel))))
), reports as (
    select account_key, month, max(amount) as amount, max(month) over (partition by account_key) as last_month
    from visible_wallet
    where month <= $until::date and account_key in (select account_key from prospects)
    group by account_key, month, category, competitor
), reported as (
    select account_key, sum(amount) as amount, count(distinct month) as months, min(month) as first_month, max(month) as last_month
    from reports
    where date_diff('month', month, last_month) < $wallet_months
    group by account_key
), people as (
    select account_key, count(*) as contacts, bool_or(role = 'decision maker') as has_decision_maker
    from visible_contacts
    where account_key in (select account_key from prospects)
    group by account_key
)
select
    prospects.account_key, prospects.account_id, prospects.account, prospects.kind, regions.region_id, regions.region,
    case when prospects.salesperson_key > 0 then salespeople.salesperson_id else prospects.salesperson_id end as salesperson_id,
    case
        when prospects.salesperson_key = 0 then prospects.salesperson_id
        when salespeople.salesperson_key is null then 'another_region' else salespeople.salesperson
    end as salesperson,
    regions.region_id is not null or prospects.city is not null as is_placed,
    coalesce(people.contacts, 0)::bigint as contacts, coalesce(people.has_decision_maker, false) as has_decision_maker,
    reported.amount::double as reported, coalesce(reported.months, 0)::bigint as reported_months,
    reported.first_month as first_report, reported.last_month as last_report,
    prospects.first_scored_on, prospects.last_scored_on
from prospects
left join reported on reported.account_key = prospects.account_key
left join people on people.account_key = prospects.account_key
left join visible_regions as regions on regions.region_key = prospects.region_key
left join visible_salespeople as salespeople on salespeople.salesperson_key = prospects.salesperson_key
order by prospects.account_key
