-- Question: which deals of the period open a customer, which renew one, and which come by referral?
-- Grain: one row per is_renewal × source × last stage.
-- Columns: is_renewal (the account had bought, or won another deal, before the deal was created), source, source_key (the store's integer), last_stage, deals,
--   value (expected_amount), days (creation to entering the last stage, summed).
-- Parameters: won (numbers of the stage won).
-- Caveats: an account's first purchase is told to the month: a deal created in that month opens it. A deal without an account opens. Wins dated before
--   their own deal was created are looked at apart: only they could make a deal its own renewal, and they are few.
with bought as (
    select account_key, first_sold_on as first_on
    from visible_account_first_sale
    where is_account_in(account_key, $region_ids, $account_ids)
    union all
    select account_key, min(entered_on) as first_on
    from visible_stage_spells
    where list_contains($won::integer[], stage_number) and account_key > 0 and entered_on >= created_on
    group by account_key
), first_bought as (
    select account_key, (date_trunc('month', min(first_on)) + interval 1 month)::date as renews_from from bought group by account_key
), after_early_wins as (
    select later.opportunity_key
    from visible_stage_spells as early
    inner join visible_stage_spells as later on later.account_key = early.account_key and later.opportunity_key != early.opportunity_key
    where
        list_contains($won::integer[], early.stage_number) and early.account_key > 0 and early.entered_on < early.created_on
        and later.left_on is null and later.created_on > last_day(early.entered_on)
)
select
    coalesce(first_bought.renews_from <= spells.created_on, false)
    or spells.opportunity_key in (select opportunity_key from after_early_wins) as is_renewal,
    any_value(spells.source) as source, spells.source_key, any_value(spells.last_stage) as last_stage,
    count(*)::bigint as deals, coalesce(sum(spells.expected_amount), 0)::double as value,
    coalesce(sum(date_diff('day', spells.created_on, spells.entered_on)), 0)::bigint as days
from filtered_stage_spells(
    $from_date, $to_date, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids, $sources, $account_kinds, $channels
) as spells
left join first_bought on first_bought.account_key = spells.account_key
where spells.left_on is null
group by is_renewal, spells.source_key, spells.last_number
order by all
