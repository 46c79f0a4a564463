-- Question: how did deals with rated accounts end, and were they the account's first business with us?
-- Grain: deal that is closed at $until and whose account was ever rated.
-- Columns: opportunity_id, account_id, created_on, closed_on (entry into won or lost), is_won, is_first (the account had neither
--   bought nor won a deal before the deal was created), is_own (the account is of $account_kinds and $channels).
-- Parameters: until (the last day that is looked at), won, closed (numbers of the stage won; of won and lost).
-- Caveats: all visible deals, whatever the filters. Purchases are known by the month: a deal created in the month of the first one is
--   still a first. Deals that are open are not here: they are not lost.
with deals as (
    select opportunity_key, account_key, created_on, stage_number, entered_on
    from visible_stage_spells
    where
        entered_on <= $until::date and (left_on is null or left_on > $until::date)
        and list_contains($closed::integer[], stage_number)
        and account_key in (select account_key from visible_prospect_scores)
), begun as (
    select account_key, min(month) as first_on
    from filtered_account_months(null, null, null, null, null, null, null)
    where account_key in (select account_key from deals)
    group by account_key
    union all
    select account_key, min(entered_on) as first_on from visible_stage_spells where list_contains($won::integer[], stage_number) group by account_key
), first_business as (
    select account_key, date_trunc('month', min(first_on)) as month from begun group by account_key
)
select
    opportunities.opportunity_id, opportunities.account_id, deals.created_on, deals.entered_on as closed_on,
    list_contains($won::integer[], deals.stage_number) as is_won,
    coalesce(first_business.month >= date_trunc('month', deals.created_on), true) as is_first,
    ($account_kinds is null or coalesce(list_contains($account_kinds, lower(accounts.kind)), false))
        and ($channels is null or coalesce(list_contains($channels, lower(trim(accounts.channel))), false)) as is_own
from deals
inner join visible_opportunities as opportunities on opportunities.opportunity_key = deals.opportunity_key
left join visible_accounts as accounts on accounts.account_key = deals.account_key
left join first_business on first_business.account_key = deals.account_key
order by deals.opportunity_key
