-- Question: which deals of the period open a customer, which renew one, and which come by referral?
-- Grain: one row per is_renewal × source × last stage.
-- Columns: is_renewal (the account had bought, or won another deal, before the deal was created), source_key, last_number (the store's
--   numbers of the source, 0 without one, and of the last stage), deals, value (expected_amount), days (creation to coming to the last
--   stage, or to the end for which it is a word, summed).
-- Parameters: won, closed (numbers of the stage won; of won and lost).
-- Caveats: an account's first purchase is told to the month: a deal created in that month opens it. A deal without an account opens. As no
--   deal is won before it was created, none is its own renewal.
with bought as (
    select account_key, first_sold_on as first_on
    from visible_account_first_sale
    where is_account_in(account_key, $region_ids, $account_ids)
    union all
    select account_key, min(began_on) as first_on
    from visible_stage_spells
    where list_contains($won::integer[], stage_number) and account_key > 0
    group by account_key
), first_bought as (
    select account_key, (date_trunc('month', min(first_on)) + interval 1 month)::date as renews_from from bought group by account_key
)
select
    coalesce(first_bought.renews_from <= spells.created_on, false) as is_renewal,
    spells.source_key, spells.last_number,
    count(*)::bigint as deals, coalesce(sum(spells.expected_amount), 0)::double as value,
    coalesce(sum(date_diff('day', spells.created_on, spells.since_on)), 0)::bigint as days
from filtered_stage_spells_since(
    $from_date, $to_date, $region_ids, $account_ids, $categories, $product_ids, $salesperson_ids, $sources, $account_kinds, $channels,
    $won::integer[], $closed::integer[]
) as spells
left join first_bought on first_bought.account_key = spells.account_key
where spells.left_on is null
group by is_renewal, spells.source_key, spells.last_number
order by all
