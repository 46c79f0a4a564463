-- Question: what did the contacts cost that belong to the deals of the period, by the deals' source?
-- Grain: source.
-- Columns: source, cost (money), hours, contacts (activities), each shared out over the deals; worked_deals (with a contact).
-- Parameters: as_of (last day of the data), closed (stage texts of won and lost).
-- Caveats: a contact belongs to the account's deals that are open in its month, in equal parts, because none says which deal it was for;
--   the period chooses the deals, all deals share. Contacts of an account without an open deal belong to none.
with deals as (
    select
        opportunity_key, account_key, source, date_trunc('month', created_on)::date as first_month,
        date_trunc(
            'month', case when list_contains($closed, last_stage) then greatest(entered_on, created_on) else greatest($as_of::date, created_on) end
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
        opportunity_key, account_key, source,
        unnest(generate_series(first_month::timestamp, last_month::timestamp, interval 1 month))::date as month
    from deals
), shared as (
    select account_key, month, count(*) as deals from months group by account_key, month
), contacts as (
    select account_key, month, sum(cost) as cost, sum(hours) as hours, sum(activity_count) as contacts
    from visible_activity_month
    where account_key > 0
    group by account_key, month
)
select
    months.source,
    sum(contacts.cost / shared.deals)::double as cost,
    sum(contacts.hours / shared.deals)::double as hours,
    sum(contacts.contacts / shared.deals)::double as contacts,
    count(distinct months.opportunity_key)::bigint as worked_deals
from months
inner join chosen on chosen.opportunity_key = months.opportunity_key
inner join shared on shared.account_key = months.account_key and shared.month = months.month
inner join contacts on contacts.account_key = months.account_key and contacts.month = months.month
group by months.source
order by months.source
