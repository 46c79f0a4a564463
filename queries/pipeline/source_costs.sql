-- Question: what did the contacts cost that belong to the deals of the period, by the deals' source?
-- Grain: source.
-- Columns: source, cost (money), hours, contacts (activities), each shared out over the deals.
-- Parameters: as_of (last day of the data), closed (numbers of the stages won and lost).
-- Caveats: a contact belongs to the account's deals that are open in its month, in equal parts, because none says which deal it was for;
--   the period chooses the deals, all deals share. Contacts of an account without an open deal belong to none.
--   A deal of the period is open in none of the months before it, which are therefore not looked at.
with deals as (
    select
        opportunity_key, account_key, source_key, source,
        greatest(date_trunc('month', created_on), date_trunc('month', $from_date::date))::date as first_month,
        date_trunc(
            'month',
            case when list_contains($closed::integer[], last_number) then greatest(entered_on, created_on) else greatest($as_of::date, created_on) end
        )::date as last_month
    from visible_stage_spells
    where left_on is null and account_key > 0
), chosen as (
    select opportunity_key
    from filtered_stage_spells(
        $from_date, $to_date, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids, $sources, $account_kinds, $channels
    )
    where left_on is null and account_key > 0
), months as (
    select
        opportunity_key, account_key, source_key, source,
        unnest(range(date_diff('month', first_month, last_month) + 1)) as step, first_month
    from deals
    where last_month >= first_month
), placed as (
    select opportunity_key, account_key, source_key, source, (year(first_month) * 12 + month(first_month) + step)::integer as month from months
), shared as (
    select account_key, month, count(*) as deals from placed group by account_key, month
), contacts as (
    select account_key, (year(month) * 12 + month(month))::integer as month, sum(cost) as cost, sum(hours) as hours, sum(activity_count) as contacts
    from visible_activity_month
    where account_key > 0 and ($from_date is null or month >= date_trunc('month', $from_date::date))
    group by all
)
select
    any_value(placed.source) as source,
    sum(contacts.cost / shared.deals)::double as cost,
    sum(contacts.hours / shared.deals)::double as hours,
    sum(contacts.contacts / shared.deals)::double as contacts
from placed
inner join chosen on chosen.opportunity_key = placed.opportunity_key
inner join shared on shared.account_key = placed.account_key and shared.month = placed.month
inner join contacts on contacts.account_key = placed.account_key and contacts.month = placed.month
group by placed.source_key
order by source
