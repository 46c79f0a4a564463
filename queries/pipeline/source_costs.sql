-- Question: what did the contacts cost that belong to the deals of the period, by the deals' source?
-- Grain: source.
-- Columns: source, cost (money), hours, contacts (activities), each shared out over the deals.
-- Parameters: as_of (last day of the data), closed (numbers of the stages won and lost).
-- Caveats: a contact belongs to the account's deals that are open in its month, in equal parts, because none says which deal it was for;
--   the period chooses the deals, all deals share. Contacts of an account without an open deal belong to none.
--   A deal of the period is open in none of the months before it, which are therefore not looked at, nor are deals that closed before it.
with chosen as (
    select opportunity_key, source_key
    from filtered_stage_spells(
        $from_date, $to_date, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids, $sources, $account_kinds, $channels
    )
    where left_on is null and account_key > 0
), lately as (
    select
        deals.account_key, chosen.source_key, greatest(deals.created_on, $from_date::date) as first_on,
        greatest(
            deals.created_on, case when list_contains($closed::integer[], deals.last_number) then deals.entered_on else $as_of::date end
        ) as ended_on
    from visible_stage_spells as deals
    left join chosen on chosen.opportunity_key = deals.opportunity_key
    where
        deals.left_on is null and deals.account_key > 0
        and (
            $from_date is null or deals.entered_on >= date_trunc('month', $from_date::date)
            or deals.created_on >= date_trunc('month', $from_date::date)
            or list_contains($closed::integer[], deals.last_number) is distinct from true
        )
), placed as (
    select
        account_key, source_key,
        unnest(range(year(first_on) * 12 + month(first_on), year(ended_on) * 12 + month(ended_on) + 1))::integer as month
    from lately
), counted as (
    select account_key, month, source_key, count(*) as deals from placed group by account_key, month, source_key
), shared as (
    select account_key, month, sum(deals) as deals from counted group by account_key, month
), contacts as (
    select
        account_key, (year(month) * 12 + month(month))::integer as month,
        sum(cost) as cost, sum(hours) as hours, sum(activity_count) as contacts
    from visible_activity_month
    where account_key > 0 and ($from_date is null or month >= date_trunc('month', $from_date::date))
    group by all
), parts as (
    select
        contacts.account_key, contacts.month,
        contacts.cost / shared.deals as cost, contacts.hours / shared.deals as hours, contacts.contacts / shared.deals as contacts
    from contacts
    inner join shared on shared.account_key = contacts.account_key and shared.month = contacts.month
), sources as (
    select distinct source_key, source from visible_deal_sources
)
-- Parts as decimals: the last digit of a sum of doubles depends on their order.
select
    any_value(sources.source) as source,
    sum((parts.cost * counted.deals)::decimal(38, 15))::double as cost,
    sum((parts.hours * counted.deals)::decimal(38, 15))::double as hours,
    sum((parts.contacts * counted.deals)::decimal(38, 15))::double as contacts
from counted
inner join parts on parts.account_key = counted.account_key and parts.month = counted.month
left join sources on sources.source_key = counted.source_key
where counted.source_key is not null
group by counted.source_key
order by source
